/* Trips on a phone: what is next for each, recorded here first and handed over when there is a network. */

import { Camera, smallFile, textOfFile } from "./codes.js";
import { keepRecord, recordsOf, removeRecord } from "./outbox.js";

const page = document.querySelector("#trips");
const words = Object.fromEntries(
  [...page.querySelectorAll("[data-word]")].map((one) => [one.dataset.word, one.textContent]),
);
const at = (id) => document.querySelector(`#${id}`);
const MOST_FILES = 6;
const CLOCK_MIN = 5;
const TIMES = ["clock_ahead", "before_departure", "before_loading"];
const AGAIN_MS = 30_000;
const NEXT = { planned: "loading", loaded: "departure", departed: "acceptance" };
const BECOMES = { loading: "loaded", departure: "departed", acceptance: "delivered" };
const state = { data: null, records: [], chosen: null, scanned: [], site: "", sending: false };
const camera = new Camera(at("film"), read);

navigator.serviceWorker?.register(page.dataset.worker, { scope: page.dataset.scope });
navigator.storage?.persist?.();
load().then(send);
window.addEventListener("online", () => load().then(send));
setInterval(() => state.records.some((one) => !one.why) && send(), AGAIN_MS);

/* ---- what the phone knows ---- */

async function load() {
  try {
    const answer = await fetch(page.dataset.trips, { redirect: "follow" });
    if (answer.redirected || !answer.ok) throw new Error("signed out");
    state.data = await answer.json();
  } catch {
    say("bad", state.data ? words.signed_out : words.no_data);
  }
  if (!state.data) return;
  try {
    state.records = await recordsOf(state.data.organisation);
  } catch {
    say("bad", words.no_storage);
  }
  show();
}

function tellClock(serverNow) {
  const ahead = Math.round((Date.now() - new Date(serverNow)) / 60_000);
  at("clock").hidden = Math.abs(ahead) < CLOCK_MIN;
  at("clock").textContent = (ahead > 0 ? words.clock_ahead : words.clock_behind).replace(
    "{minutes}",
    Math.abs(ahead),
  );
}

/* How a trip stands with what this phone has recorded and nobody refused. */
function standing(trip) {
  const own = state.records.filter((one) => one.trip_id === trip.id && !one.why);
  return own.reduce(
    (told, one) => ({
      ...told,
      state: BECOMES[one.step] ?? told.state,
      arrived: told.arrived || one.step === "arrival",
      weighed_t: one.weighed_t ?? told.weighed_t,
    }),
    trip,
  );
}

/* ---- what is seen ---- */

function show() {
  const trips = state.data.trips.map(standing);
  at("list").replaceChildren(...trips.map(card));
  at("none").hidden = trips.length > 0;
  at("outbox-list").replaceChildren(...state.records.map(waitingRow));
  at("outbox").hidden = !state.records.length;
  at("send").hidden = !state.records.length;
  const chosen = trips.find((one) => one.id === state.chosen);
  at("trip").hidden = !chosen;
  at("overview").hidden = Boolean(chosen);
  if (chosen) showTrip(chosen);
}

function card(trip) {
  const open = made("button", trip.components.join(words.comma), "button button-secondary");
  open.type = "button";
  open.dataset.trip = trip.id;
  open.addEventListener("click", () => choose(trip.id));
  const row = document.createElement("li");
  row.append(
    open,
    made("p", `${words[`state_${trip.state}`]} · ${trip.plates}`),
    made("p", `${trip.origin} → ${trip.destination}`, "hint"),
  );
  return row;
}

function choose(id) {
  Object.assign(state, { chosen: id, scanned: [], site: "" });
  camera.stop();
  for (const one of page.querySelectorAll("#trip input:not(#driver), #trip textarea")) {
    one.value = "";
  }
  at("heard").hidden = true;
  show();
}

function showTrip(trip) {
  at("trip-title").textContent = `${words[`state_${trip.state}`]} · ${trip.plates}`;
  at("trip-way").textContent = `${trip.cargo} · ${trip.origin} → ${trip.destination} · ${trip.case}`;
  at("told").replaceChildren(...trip.told.map((one) => made("p", one)));
  at("told").hidden = !trip.told.length;
  const next = NEXT[trip.state];
  at("loading").hidden = next !== "loading";
  at("weighing").hidden = !["departure", "acceptance"].includes(next) || trip.weighed_t !== null;
  at("departure").hidden = next !== "departure";
  at("not-ready").hidden = trip.ready || next !== "departure";
  at("not-ready-list").replaceChildren(...trip.missing.map((one) => made("li", one)));
  at("arrival").hidden = next !== "acceptance" || trip.arrived;
  at("damage").hidden = !["departure", "acceptance"].includes(next);
  at("acceptance").hidden = next !== "acceptance";
  at("delivered").hidden = Boolean(next);
  at("scanning").hidden = !next;
  at("components").replaceChildren(
    ...trip.components.map((one) => {
      const known = state.scanned.includes(one);
      const row = made("li", `${one} ${known ? words.scanned : ""}`);
      row.dataset.scanned = known;
      return row;
    }),
  );
  at("site").textContent = state.site ? words.site_read.replace("{site}", state.site) : "";
}

function waitingRow(record) {
  const row = document.createElement("li");
  const when = new Date(record.at).toLocaleString(page.dataset.locale, { timeZone: "Asia/Shanghai" });
  row.dataset.step = record.step;
  row.append(made("p", `${words[`step_${record.step}`]} · ${record.title} · ${when}`));
  row.append(made("p", record.why || words.waits, record.why ? "field-error" : "hint"));
  if (record.why) {
    const actions = made("div", "", "actions");
    actions.append(button(words.again, () => keepRecord({ ...record, why: "" })));
    if (record.codes?.some((one) => TIMES.includes(one))) {
      actions.append(
        button(words.now, () => keepRecord({ ...record, at: new Date().toISOString(), why: "" })),
      );
    }
    actions.append(button(words.remove, () => removeRecord(record.id)));
    row.append(actions);
  }
  return row;
}

function button(name, act) {
  const one = made("button", name, "button button-secondary");
  one.type = "button";
  one.addEventListener("click", async () => {
    await act();
    await load();
    send();
  });
  return one;
}

/* ---- labels ---- */

at("camera").addEventListener("click", () => {
  if (camera.on) return camera.stop();
  camera.start().catch(() => say("bad", words.no_camera));
});

at("photo").addEventListener("change", async () => {
  for (const file of at("photo").files) read(await textOfFile(file));
  at("photo").value = "";
});

at("by-hand").addEventListener("click", () => {
  read(at("number").value.trim());
  at("number").value = "";
});

function read(text) {
  if (!text) return say("care", words.no_code);
  const [kind, name] = meaning(text);
  const trip = state.data.trips.find((one) => one.id === state.chosen);
  if (kind === "site") {
    state.site = name;
    const here = name === trip.destination;
    say(here ? "good" : "bad", told(here ? words.right_site : words.wrong_site, trip, name));
  } else if (!trip.components.includes(name)) {
    const other = state.data.trips.find((one) => one.components.includes(name));
    say("bad", told(other ? words.other_trip : words.no_trip, other ?? trip, name));
  } else if (state.scanned.includes(name)) {
    say("care", told(words.twice, trip, name));
  } else {
    state.scanned.push(name);
    say("good", told(words.read, trip, name));
  }
  show();
}

function told(text, trip, name) {
  const left = trip.components.filter((one) => !state.scanned.includes(one)).length;
  return text
    .replace("{name}", name)
    .replace("{destination}", trip.destination)
    .replace("{plates}", trip.plates)
    .replace("{left}", left);
}

/* A label is the address of a component's chain or of a site; by hand the number alone is given. */
function meaning(text) {
  let path = "";
  try {
    path = new URL(text).pathname;
  } catch {
    return ["component", text];
  }
  for (const [kind, start] of [["component", "/trips/components/"], ["site", "/trips/sites/"]]) {
    if (path.startsWith(start)) return [kind, decodeURIComponent(path.slice(start.length))];
  }
  return ["component", text];
}

/* ---- steps ---- */

at("back").addEventListener("click", () => choose(null));
at("do-loading").addEventListener("click", () => record("loading", loadingFields));
at("do-weighing").addEventListener("click", () =>
  record("weighing", () => {
    const weighed = number("weighed-later");
    return weighed === null ? need(words.need_mass) : { weighed_t: weighed };
  }),
);
at("do-departure").addEventListener("click", () =>
  record("departure", (trip) => {
    if (!trip.ready) return need(words.not_ready);
    localStorage.setItem("dajian-driver", value("driver"));
    return { driver: value("driver"), station: value("entry-station") };
  }),
);
at("do-arrival").addEventListener("click", () => record("arrival", onlyHere));
at("do-damage").addEventListener("click", () =>
  record("damage", async () => {
    const note = value("damage-note");
    return note ? { damage_note: note, files: await files("damage-photos") } : need(words.need_damage);
  }),
);
at("do-acceptance").addEventListener("click", () =>
  record("acceptance", async (trip) => {
    const here = onlyHere(trip);
    if (!here) return null;
    if (!value("accepted-by")) return need(words.need_name);
    return {
      ...here,
      accepted_by: value("accepted-by"),
      damage_note: value("acceptance-damage"),
      files: await files("acceptance-photos"),
    };
  }),
);
at("driver").value = localStorage.getItem("dajian-driver") ?? "";

async function loadingFields(trip) {
  const certificate = await files("certificate");
  if (!value("certificate-number") || !certificate.length) return need(words.need_certificate);
  if (trip.components.some((one) => !state.scanned.includes(one))) return need(words.need_scans);
  return {
    certificate_number: value("certificate-number"),
    certificate: certificate[0],
    files: await files("load-photos"),
    weighed_t: number("weighed"),
  };
}

function onlyHere(trip) {
  if (state.site && state.site !== trip.destination) {
    return need(told(words.wrong_site, trip, state.site));
  }
  return { site: state.site };
}

function need(text) {
  say("bad", text);
  return null;
}

async function record(step, fields) {
  const trip = standing(state.data.trips.find((one) => one.id === state.chosen));
  const given = await fields(trip);
  if (!given) return;
  const writing = keepRecord({
    id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
    number: Math.max(0, ...state.records.map((one) => one.number)) + 1,
    organisation: state.data.organisation,
    title: trip.components.join(words.comma),
    trip_id: trip.id,
    step,
    at: new Date().toISOString(),
    scanned: state.scanned,
    ...given,
  });
  // A phone that is full, or a private window: better told than lost.
  if (await writing.then(() => false, () => true)) return say("bad", words.no_storage);
  const heard = words.kept.replace("{step}", words[`step_${step}`]);
  state.records = await recordsOf(state.data.organisation);
  choose(trip.id);
  say("good", heard);
  send();
}

/* ---- handing over ---- */

at("send").addEventListener("click", () => load().then(send));

async function send() {
  if (state.sending || !state.data || !navigator.onLine) return;
  state.sending = true;
  try {
    const fresh = await fetch(page.dataset.trips, { cache: "no-store" });
    if (fresh.redirected) return say("bad", words.signed_out);
    // What the worker kept from earlier is no answer of today: there is no network.
    if (!fresh.ok || fresh.headers.has("X-Kept")) return;
    const seen = await fresh.json();
    tellClock(seen.now);
    let handed = 0;
    for (const one of state.records.filter((each) => !each.why)) {
      if (!(await handOver(one, seen.csrf))) break;
      handed += 1;
    }
    if (handed) await load();
  } catch {
    // No network after all: everything is still here.
  } finally {
    state.sending = false;
  }
}

async function handOver(record, csrf) {
  const { organisation, number: place, title, why, codes, ...plain } = record;
  const answer = await fetch(page.dataset.records, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify({ records: [plain] }),
  }).catch(() => null);
  if (!answer || answer.redirected || ![200, 413, 422].includes(answer.status)) return false;
  const said = answer.status === 200 ? (await answer.json()).answers[0] : { why: words.unreadable };
  if (said.receipt === "recorded" || said.receipt === "already") {
    await removeRecord(record.id);
    if (said.receipt === "already") say("care", `${words[`step_${record.step}`]}: ${words.already}`);
  } else {
    // What is refused waits for a person, with its reason; the others go on.
    await keepRecord({ ...record, why: said.why, codes: said.codes });
  }
  return true;
}

/* ---- small things ---- */

function say(tone, text) {
  at("heard").className = `notice notice-${tone}`;
  at("heard").textContent = text;
  at("heard").hidden = false;
  at("heard").scrollIntoView({ block: "nearest" });
}

function value(id) {
  return at(id).value.trim();
}

function number(id) {
  const given = Number(value(id).replace(",", "."));
  return value(id) && Number.isFinite(given) ? given : null;
}

async function files(id) {
  return Promise.all([...at(id).files].slice(0, MOST_FILES).map((one) => smallFile(one)));
}

function made(tag, text, css = "") {
  const one = document.createElement(tag);
  one.textContent = text;
  if (css) one.className = css;
  return one;
}
