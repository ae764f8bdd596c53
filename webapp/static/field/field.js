/* The roadside page: reads a code by camera or photograph, checks it, compares, keeps reports. */

import { structuresAhead } from "./ahead.js";
import { onRoute, readKeys, readRevocations, verify } from "./pass.js";

const page = document.querySelector("#field");
const words = Object.fromEntries(
  [...page.querySelectorAll("[data-word]")].map((one) => [one.dataset.word, one.textContent]),
);
const at = (id) => document.querySelector(`#${id}`);
const KEPT = "dajian-roadside-reports";
const LONGEST_PX = 900;
const MOST_PHOTOS = 4;
const STALE_H = 24;
const state = { keys: null, revocations: null, law: null, notices: {}, pack: null, found: null, stream: null, crossing: null };

navigator.serviceWorker?.register(page.dataset.worker, { scope: page.dataset.scope });
load();
window.addEventListener("online", () => load().then(sendReports));

async function load() {
  try {
    const [keys, list, law, told] = await Promise.all([
      fetch(page.dataset.keys).then((answer) => answer.json()),
      fetch(page.dataset.revocations).then((answer) => answer.arrayBuffer()),
      fetch(page.dataset.law).then((answer) => answer.json()),
      fetch(page.dataset.notices).then((answer) => answer.json()),
    ]);
    state.notices = told.notices;
    state.keys = readKeys(keys);
    state.law = law;
    state.revocations = readRevocations(new Uint8Array(list), state.keys, window.nacl);
    tellAge();
  } catch {
    at("age").textContent = words.no_list;
    at("age").className = "notice notice-bad";
  }
  await loadPack();
  showReports();
}

/* Limits of structures are for officers: on a device where nobody is signed in they are removed. */
async function loadPack() {
  state.pack = null;
  if (page.dataset.structures) {
    state.pack = await fetch(page.dataset.structures)
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null);
  } else {
    const stores = (await globalThis.caches?.keys()) ?? [];
    for (const one of stores.filter((name) => name.startsWith("dajian-field-"))) {
      await (await caches.open(one)).delete(page.dataset.forget, { ignoreSearch: true });
    }
  }
}

function tellAge() {
  const hours = Math.max(0, (Date.now() - state.revocations.asOf) / 3_600_000);
  const when = new Date(state.revocations.asOf).toLocaleString(page.dataset.locale, {
    timeZone: "Asia/Shanghai",
  });
  at("age").textContent = words.list_age.replace("{when}", when).replace("{hours}", hours.toFixed(1));
  at("age").className = `notice notice-${hours > STALE_H ? "care" : "good"}`;
}

at("check").addEventListener("click", () => check(at("token").value));

at("photo").addEventListener("change", async () => {
  const file = at("photo").files[0];
  if (!file) return;
  const picture = await createImageBitmap(file).catch(() => null);
  const text = picture && decodePicture(picture, picture.width, picture.height);
  if (text) check(text);
  else say("unreadable", words.no_code);
});

at("camera").addEventListener("click", async () => {
  if (state.stream) return stopCamera();
  try {
    state.stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment" },
    });
  } catch {
    return say("unreadable", words.no_camera);
  }
  const film = at("film");
  film.hidden = false;
  film.srcObject = state.stream;
  await film.play();
  look(film);
});

function look(film) {
  if (!state.stream) return;
  const text = film.videoWidth && decodePicture(film, film.videoWidth, film.videoHeight);
  if (!text) return void window.setTimeout(() => look(film), 150);
  stopCamera();
  check(text);
}

function stopCamera() {
  state.stream?.getTracks().forEach((track) => track.stop());
  state.stream = null;
  at("film").hidden = true;
}

function decodePicture(picture, width, height) {
  // A telephone's photograph is far larger than a code needs; several sizes find what one misses.
  for (const longest of [1000, 1800, 600]) {
    const scale = Math.min(1, longest / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = window.jsQR(pixels.data, canvas.width, canvas.height);
    if (found?.data) return found.data;
  }
  return "";
}

async function check(token) {
  if (!state.keys) return say("unreadable", words.no_list);
  state.found = await verify(token, state.keys, state.revocations, Date.now(), window.nacl);
  say(state.found.outcome, words[`why_${state.found.outcome}`] ?? "");
  at("token").value = token;
  showClaims(state.found);
}

function say(outcome, reason) {
  const tone = { valid: "good", not_yet: "care", unknown_key: "care", unreadable: "care" }[outcome];
  at("answer").className = `notice notice-${tone ?? "bad"}`;
  at("answer").replaceChildren(
    made("p", words[outcome], "notice-title"),
    ...(reason ? [made("p", reason)] : []),
  );
  at("answer").hidden = false;
  at("claims").hidden = outcome === "unreadable";
}

function showClaims({ claims, withinHours }) {
  at("claims").hidden = !claims;
  if (!claims) return;
  const m = claims.measures;
  const rows = [
    [words.number, `${claims.number} · ${claims.revision}`],
    [words.plates, `${claims.tractorPlate} ${claims.trailerPlate}`],
    [words.size, `${m.lengthM} × ${m.widthM} × ${m.heightM} m`],
    [words.mass, `${m.grossMassT} t · ${words.axle} ${m.largestAxleT} t`],
    [words.days, `${chinese(claims.validFrom)} – ${chinese(claims.validUntil)}`],
    [words.hours, withinHours === null ? words.any_hour : withinHours ? words.within : words.outside],
    [words.roads, claims.roads.map((one) => one.road || "–").join(" → ")],
    [words.issuer, claims.issuer],
  ];
  const told = state.notices[claims.number];
  at("told").hidden = !told;
  if (told) {
    at("told").replaceChildren(
      made("p", words.told, "notice-title"),
      made("p", `${told.from} – ${told.until}`),
      ...(told.wait_at ? [made("p", `${words.wait_at}${told.wait_at}`)] : []),
    );
  }
  loadCrossings(claims.number);
  at("facts").replaceChildren(
    ...rows.flatMap(([name, value]) => {
      const row = document.createElement("div");
      row.append(made("dt", name), made("dd", value));
      return [row];
    }),
  );
}

at("compare").addEventListener("click", () => {
  const claims = state.found?.claims;
  if (!claims) return;
  const measured = Object.fromEntries(
    ["heightM", "widthM", "lengthM", "grossMassT", "largestAxleT"].map((name) => [
      name,
      at(name).value.trim() === "" ? null : Number(at(name).value.replace(",", ".")),
    ]),
  );
  const lines = Object.entries(measured)
    .filter(([, value]) => value !== null && Number.isFinite(value))
    .map(([name, value]) => compare(name, value, claims.measures[name]));
  const road = at("road").value.trim();
  const onIt = onRoute(claims, road);
  const parts = lines.map((one) => made("li", one.text));
  if (road) parts.push(made("li", onIt === null ? words.road_unknown : onIt ? words.road_on : words.road_off));
  const over = lines.some((one) => one.over) || onIt === false;
  at("result").className = `notice notice-${over ? "bad" : "good"}`;
  const list = document.createElement("ul");
  list.append(...parts);
  at("result").replaceChildren(
    made("p", over ? words.differs : words.agrees, "notice-title"),
    list,
    ...(over ? [made("p", consequence(measured))] : []),
  );
  at("result").hidden = false;
  const km = Number(at("afterKm").value.trim().replace(",", "."));
  const afterKm = Number.isFinite(km) && km > 0 ? km : 0;
  at("ahead").hidden = true;
  if (over && page.dataset.structures) {
    showAhead(structuresAhead(state.pack, claims.number, measured, afterKm));
  }
  keep({ claims, measured, road, onIt, afterKm });
});

function compare(name, value, permitted) {
  const tolerance = name.endsWith("M") ? state.law.tolerance_m : state.law.tolerance_t;
  const excess = Math.round((value - permitted) * 1000) / 1000;
  const over = excess > tolerance;
  const sign = excess > 0 ? "+" : "";
  return { over, text: `${words[name]}: ${value} / ${permitted} (${sign}${excess}) ${over ? words.too_much : words.fits}` };
}

function consequence(measured) {
  const band = state.law.size_fines.find(
    (one) =>
      (one.up_to_height_m === null || (measured.heightM ?? 0) <= one.up_to_height_m) &&
      (one.up_to_width_m === null || (measured.widthM ?? 0) <= one.up_to_width_m) &&
      (one.up_to_length_m === null || (measured.lengthM ?? 0) <= one.up_to_length_m),
  );
  return words.consequence
    .replace("{least}", band.least_yuan)
    .replace("{most}", band.most_yuan)
    .replace("{clause}", state.law.clause);
}

async function keep({ claims, measured, road, onIt, afterKm }) {
  const report = {
    id: crypto.randomUUID(),
    kind: "check",
    occasion: at("occasion").value,
    photos: await pictures(at("evidence")),
    number: claims.number,
    revision: claims.revision,
    outcome: state.found.outcome,
    measured_at: new Date().toISOString(),
    place: at("place").value.trim(),
    road,
    on_route: onIt,
    after_km: afterKm,
    height_m: measured.heightM,
    width_m: measured.widthM,
    length_m: measured.lengthM,
    mass_t: measured.grossMassT,
    largest_axle_load_t: measured.largestAxleT,
  };
  keepReport(report);
}

function keepReport(report) {
  try {
    localStorage.setItem(KEPT, JSON.stringify([...reports(), report]));
  } catch {
    // The device is full: what was measured is worth more than its pictures.
    localStorage.setItem(KEPT, JSON.stringify([...reports(), { ...report, photos: [] }]));
  }
  showReports();
  sendReports();
}

/* Photographs small enough to be kept on the device: data addresses of JPEG pictures. */
async function pictures(input) {
  const found = [];
  for (const file of [...input.files].slice(0, MOST_PHOTOS)) {
    const picture = await createImageBitmap(file).catch(() => null);
    if (!picture) continue;
    const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    found.push(canvas.toDataURL("image/jpeg", 0.6));
  }
  return found;
}

/* The bridges of a pass: fetched with a network, kept for when there is none. */
async function loadCrossings(number) {
  if (!page.dataset.crossings) return;
  const address = page.dataset.plan.replace("NUMBER", encodeURIComponent(number));
  const plan = await fetch(address)
    .then((answer) => (answer.ok ? answer.json() : { crossings: [] }))
    .catch(() => ({ crossings: [] }));
  const choices = plan.crossings.map((one) => {
    const choice = made("option", `${one.name} ${one.chainage_km ?? ""} km ${one.instruction}`);
    choice.value = one.structure;
    choice.dataset.name = one.name;
    return choice;
  });
  const other = made("option", words.other_bridge);
  other.value = "";
  at("bridge").replaceChildren(...choices, other);
  at("crossing").hidden = false;
}

at("begin").addEventListener("click", () => {
  state.crossing = new Date().toISOString();
  at("begun").textContent = new Date().toLocaleTimeString(page.dataset.locale, { timeZone: "Asia/Shanghai" });
});
at("finish").addEventListener("click", () => endCrossing("finished"));
at("deny").addEventListener("click", () => endCrossing("denied"));

async function endCrossing(outcome) {
  const choice = at("bridge").selectedOptions[0];
  const name = choice?.dataset.name || at("bridgeName").value.trim();
  const reason = at("denial").value.trim();
  if (!name || (outcome === "denied" && !reason) || (outcome === "finished" && !state.crossing)) {
    at("begun").textContent = words.crossing_incomplete;
    return;
  }
  const now = new Date().toISOString();
  const speed = at("crossingSpeed").value.trim();
  keepReport({
    id: crypto.randomUUID(),
    kind: "crossing",
    number: state.found.claims.number,
    structure: choice?.value || name,
    structure_name: name,
    outcome,
    started_at: state.crossing ?? now,
    ended_at: now,
    on_the_line: at("onLine").checked,
    uniform_speed: at("uniform").checked,
    alone_on_bridge: at("alone").checked,
    speed_km_h: speed === "" ? null : Number(speed.replace(",", ".")),
    movement: at("movement").value.trim(),
    damage: at("damage").value.trim(),
    reason,
    photos: await pictures(at("crossingPhotos")),
  });
  state.crossing = null;
  at("begun").textContent = outcome === "denied" ? words.crossing_denied : words.crossing_finished;
}

function reports() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}

let sending = false;

async function sendReports() {
  if (!page.dataset.reports || !navigator.onLine || sending) return;
  sending = true;
  try {
    await sendAll();
  } finally {
    sending = false;
  }
  showReports();
}

async function sendAll() {
  for (const { id } of reports().filter((one) => !one.refused)) {
    const report = reports().find((one) => one.id === id);
    const address = report.kind === "crossing" ? page.dataset.crossings : page.dataset.reports;
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": page.dataset.csrf },
      body: JSON.stringify(report),
    }).catch(() => null);
    // What the office refuses as wrong is kept for a person to look at; it is not sent for ever
    // and holds up no other.
    if (answer?.status === 422) {
      const wrong = reports().map((one) => (one.id === id ? { ...one, refused: true } : one));
      localStorage.setItem(KEPT, JSON.stringify(wrong));
      continue;
    }
    if (!answer?.ok) break;
    const told = await answer.json().catch(() => ({}));
    if (told.ahead?.length) showAhead({ found: told.ahead, whole: true });
    localStorage.setItem(KEPT, JSON.stringify(reports().filter((one) => one.id !== id)));
  }
}

function showAhead(judged) {
  const { found, whole } = judged ?? { found: [], whole: false };
  at("ahead").className = `notice notice-${found.length ? "bad" : whole ? "good" : "care"}`;
  at("ahead").replaceChildren(
    ...(found.length ? [made("p", words.ahead, "notice-title")] : []),
    ...found.map((one) => made("p", `${one.name} · ${one.km?.toFixed(1) ?? "?"} km`)),
    ...(found.length || !whole ? [] : [made("p", words.ahead_fits)]),
    ...(whole ? [] : [made("p", words.ahead_untold)]),
  );
  at("ahead").hidden = false;
}

at("send").addEventListener("click", sendReports);

function showReports() {
  const waiting = reports().length;
  const refused = reports().filter((one) => one.refused).length;
  at("waiting").textContent =
    words.waiting.replace("{count}", waiting) +
    (refused ? words.refused.replace("{count}", refused) : "");
  at("send").hidden = !waiting || !page.dataset.reports;
  at("waiting").hidden = !waiting;
}

function chinese(moment) {
  return new Date(moment).toLocaleDateString(page.dataset.locale, { timeZone: "Asia/Shanghai" });
}

function made(tag, text, css = "") {
  const one = document.createElement(tag);
  one.textContent = text;
  if (css) one.className = css;
  return one;
}
