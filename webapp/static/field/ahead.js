/* Judges the structures of a pass again with what was measured, from what the device carries. */

const FORM = "dajian-structures-1";
const QUANTITY = {
  height_m: "heightM",
  width_m: "widthM",
  length_m: "lengthM",
  mass_t: "grossMassT",
  largest_axle_load_t: "largestAxleT",
};

/* Names and kilometres of what does not fit; null where the device cannot tell of this pass. */
export function structuresAhead(pack, number, measured, afterKm = 0) {
  const there = pack?.form === FORM ? pack.passes?.[number] : undefined;
  if (!there) return null;
  const found = there
    .filter(([, km]) => km === null || km === undefined || km >= afterKm)
    .map(([id, km]) => ({ ...pack.structures[id], km }))
    .filter(({ limits }) =>
      Object.entries(limits ?? {}).some(([name, limit]) => (measured[QUANTITY[name]] ?? 0) > limit),
    )
    .map(({ name, km }) => ({ name, km }));
  return { found, whole: !pack.untold.includes(number) };
}
