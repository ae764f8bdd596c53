/* Draws routes, structures and blockers on the network's own lines; nothing comes from elsewhere.

   <div class="route-map" data-source="/…/map.json" data-library="…/maplibre-gl.mjs"
        data-fallback="…/leaflet.js" data-label="…" data-broken="…"></div>   (macro display.map)

   The source answers:
   { "routes": [ { "id", "label", "status", "text", "geometry": GeoJSON LineString } ],
     "points": [ { "kind": "origin|destination|via|structure|blocker|survey|place",
                   "at": [lon, lat], "label", "outcome": "pass|conditional|unknown|fail", "text" } ],
     "base": "/map/network.json" }
   `base` (optional) answers { "bounds", "lines": [ { "class", "coordinates": [[[lon, lat]…]…] } ],
   "places": [ { "name", "name_en", "kind", "at" } ] }.
   The list under the map holds the same things as buttons, for the keyboard and for reading. */

const TONES = {
  feasible: "good", pass: "good", conditional: "care", unknown: "open", infeasible: "bad",
  unreachable: "bad", fail: "bad",
};
const COLOURS = { good: "#17663a", care: "#a86400", open: "#45408a", bad: "#a1232b", plain: "#0f4c5c" };
const SIGNS = { good: "✓", care: "!", open: "?", bad: "×", plain: "•" };
const ENDS = { origin: "A", destination: "B", via: "·" };
const MAIN_ROADS = new Set(["expressway", "class_1", "urban_expressway"]);
const MOST_PINS = 150;
const chinese = document.documentElement.lang.startsWith("zh");

for (const box of document.querySelectorAll(".route-map")) show(box);

async function show(box) {
  try {
    const data = await load(box.dataset.source);
    const base = await load(data.base ?? "/map/network.json").catch(() => ({ lines: [], places: [] }));
    const draw = hasWebGL() ? drawWithMapLibre : drawWithLeaflet;
    const stage = document.createElement("div");
    stage.className = "route-map-stage";
    box.replaceChildren(stage);
    const view = await draw(stage, box, data, base).catch((fault) => {
      if (draw === drawWithLeaflet) throw fault;
      stage.replaceChildren();
      return drawWithLeaflet(stage, box, data, base);
    });
    list(box, data, view);
    box.dataset.state = "ready";
  } catch (fault) {
    console.error(fault);
    const words = document.createElement("p");
    words.className = "hint";
    words.textContent = box.dataset.broken;
    box.replaceChildren(words);
    box.dataset.state = "broken";
  }
}

async function load(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function hasWebGL() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

function tone(thing) {
  return TONES[thing.status ?? thing.outcome] ?? (thing.kind === "blocker" ? "bad" : "plain");
}

function bounds(data, base) {
  const spots = [
    ...(data.routes ?? []).flatMap((route) => route.geometry?.coordinates ?? []),
    ...(data.points ?? []).map((point) => point.at),
  ];
  if (spots.length === 0) return base.bounds ?? [97, 37, 126.5, 53.5];
  const lons = spots.map((spot) => spot[0]);
  const lats = spots.map((spot) => spot[1]);
  return [min(lons) - 0.02, min(lats) - 0.02, max(lons) + 0.02, max(lats) + 0.02];
}

const min = (values) => values.reduce((a, b) => (b < a ? b : a));
const max = (values) => values.reduce((a, b) => (b > a ? b : a));

function graticule() {
  const lines = [];
  for (let lon = 60; lon <= 160; lon += 2) lines.push([[lon, 20], [lon, 70]]);
  for (let lat = 20; lat <= 70; lat += 2) lines.push([[60, lat], [160, lat]]);
  return lines;
}

function pinned(data) {
  const order = { blocker: 0, origin: 0, destination: 0, via: 0, survey: 1 };
  return (data.points ?? [])
    .filter((point) => point.outcome !== "pass" || point.kind !== "structure")
    .sort((a, b) => (order[a.kind] ?? 2) - (order[b.kind] ?? 2))
    .slice(0, MOST_PINS);
}

function pin(point) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `map-pin map-pin-${point.kind in ENDS ? "end" : tone(point)}`;
  button.textContent = ENDS[point.kind] ?? SIGNS[tone(point)];
  button.setAttribute("aria-label", [point.label, point.text].filter(Boolean).join(" – "));
  return button;
}

function words(thing) {
  const box = document.createElement("div");
  const title = document.createElement("strong");
  title.textContent = thing.label ?? "";
  box.append(title);
  if (thing.text) {
    const text = document.createElement("div");
    text.textContent = thing.text;
    box.append(text);
  }
  return box;
}

function placeName(place) {
  return chinese ? place.name : place.name_en || place.name;
}

function label(place) {
  const name = document.createElement("span");
  name.className = `map-place${place.kind === "seat" ? " map-place-seat" : ""}`;
  name.textContent = placeName(place);
  return name;
}

// Names give way to pins and to the names of seats, so that none is written over another.
function thin(stage) {
  const taken = [...stage.querySelectorAll("button.map-pin")].map((pinned) => pinned.getBoundingClientRect());
  const names = [...stage.querySelectorAll(".map-place")];
  names.sort((a, b) => b.classList.contains("map-place-seat") - a.classList.contains("map-place-seat"));
  for (const name of names) {
    const spot = name.getBoundingClientRect();
    const free = taken.every((other) => spot.right + 4 < other.left || spot.left > other.right + 4
      || spot.bottom < other.top || spot.top > other.bottom);
    name.style.visibility = free ? "visible" : "hidden";
    if (free) taken.push(spot);
  }
}

function feature(coordinates, properties = {}) {
  return { type: "Feature", properties, geometry: { type: "MultiLineString", coordinates } };
}

function collection(features) {
  return { type: "geojson", data: { type: "FeatureCollection", features } };
}

async function drawWithMapLibre(stage, box, data, base) {
  const gl = await import(box.dataset.library);
  const routes = data.routes ?? [];
  const [west, south, east, north] = bounds(data, base);
  const map = new gl.Map({
    container: stage,
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 36 },
    attributionControl: false,
    cooperativeGestures: false,
    dragRotate: false,
    maxZoom: 17,
    style: {
      version: 8,
      sources: {
        graticule: collection([feature(graticule())]),
        roads: collection(base.lines.map((line) => feature(line.coordinates, { main: MAIN_ROADS.has(line.class) }))),
        routes: collection(routes.map((route, place) => ({ type: "Feature", properties: { place, tone: tone(route) }, geometry: route.geometry }))),
        passed: collection((data.points ?? []).filter((point) => point.kind === "structure" && point.outcome === "pass").map((point) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: point.at } }))),
      },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": "#eef2ee" } },
        { id: "graticule", type: "line", source: "graticule", paint: { "line-color": "#d7dfda", "line-width": 1 } },
        { id: "roads", type: "line", source: "roads", filter: ["!", ["get", "main"]], layout: { "line-cap": "round" }, paint: { "line-color": "#b9c4c1", "line-width": ["interpolate", ["linear"], ["zoom"], 5, 1, 12, 3] } },
        { id: "main-roads", type: "line", source: "roads", filter: ["get", "main"], layout: { "line-cap": "round" }, paint: { "line-color": "#dfae5b", "line-width": ["interpolate", ["linear"], ["zoom"], 5, 1.6, 12, 5] } },
        ...["bad", "open", "care", "good"].flatMap((name) => routeLayers(name)),
        { id: "passed", type: "circle", source: "passed", minzoom: 7, paint: { "circle-radius": 4, "circle-color": COLOURS.good, "circle-stroke-color": "#fff", "circle-stroke-width": 1.5 } },
      ],
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new gl.ScaleControl({}), "bottom-left");
  const canvas = map.getCanvas();
  canvas.setAttribute("aria-label", box.dataset.label);
  canvas.setAttribute("role", "application");
  for (const place of base.places) {
    const marker = new gl.Marker({ element: label(place), anchor: "bottom" }).setLngLat(place.at).addTo(map);
    marker.getElement().setAttribute("aria-hidden", "true");
    marker.getElement().removeAttribute("tabindex");
  }
  map.on("moveend", () => thin(stage));
  const popup = new gl.Popup({ maxWidth: "300px", focusAfterOpen: false });
  const tell = (thing, at) => popup.setLngLat(at).setDOMContent(words(thing)).addTo(map);
  for (const point of pinned(data)) {
    const element = pin(point);
    element.addEventListener("click", (event) => { event.stopPropagation(); tell(point, point.at); });
    new gl.Marker({ element }).setLngLat(point.at).addTo(map);
  }
  await new Promise((done, failed) => {
    map.once("load", done);
    map.once("error", (event) => failed(event.error));
  });
  thin(stage);
  return {
    fit: (route) => { const [w, s, e, n] = bounds({ routes: [route] }, base); map.fitBounds([[w, s], [e, n]], { padding: 36 }); },
    go: (point) => { map.easeTo({ center: point.at, zoom: Math.max(map.getZoom(), 11) }); tell(point, point.at); },
  };
}

function routeLayers(name) {
  const filter = ["==", ["get", "tone"], name];
  const dashes = { care: [2.2, 1.4], open: [0.1, 1.9], bad: [4, 1.2] };
  const line = { "line-color": COLOURS[name], "line-width": 5 };
  if (dashes[name]) line["line-dasharray"] = dashes[name];
  return [
    { id: `edge-${name}`, type: "line", source: "routes", filter, layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": "#fff", "line-width": 8 } },
    { id: `route-${name}`, type: "line", source: "routes", filter, layout: { "line-join": "round", "line-cap": name === "open" ? "round" : "butt" }, paint: line },
  ];
}

async function drawWithLeaflet(stage, box, data, base) {
  if (!globalThis.L) await import(box.dataset.fallback);
  const L = globalThis.L;
  const turn = (lines) => lines.map((line) => line.map(([lon, lat]) => [lat, lon]));
  const map = L.map(stage, { preferCanvas: true, zoomSnap: 0.5, maxZoom: 17, minZoom: 4 });
  map.attributionControl.setPrefix(false);
  stage.setAttribute("aria-label", box.dataset.label);
  stage.setAttribute("role", "application");
  const [west, south, east, north] = bounds(data, base);
  map.fitBounds([[south, west], [north, east]], { padding: [36, 36] });
  L.polyline(turn(graticule()), { color: "#d7dfda", weight: 1, interactive: false }).addTo(map);
  for (const line of base.lines) {
    const main = MAIN_ROADS.has(line.class);
    L.polyline(turn(line.coordinates), { color: main ? "#dfae5b" : "#b9c4c1", weight: main ? 2.2 : 1.2, interactive: false }).addTo(map);
  }
  const dashes = { care: "12 8", open: "1 10", bad: "20 6" };
  for (const route of [...(data.routes ?? [])].reverse()) {
    const path = turn([route.geometry.coordinates]);
    L.polyline(path, { color: "#fff", weight: 8 }).addTo(map);
    L.polyline(path, { color: COLOURS[tone(route)], weight: 5, dashArray: dashes[tone(route)] }).addTo(map).bindPopup(() => words(route));
  }
  for (const place of base.places) {
    L.marker([place.at[1], place.at[0]], { interactive: false, keyboard: false, icon: L.divIcon({ className: "", html: label(place), iconSize: [0, 0] }) }).addTo(map);
  }
  const popup = L.popup();
  const tell = (thing, at) => popup.setLatLng([at[1], at[0]]).setContent(words(thing)).openOn(map);
  for (const point of pinned(data)) {
    const element = pin(point);
    element.addEventListener("click", (event) => { event.stopPropagation(); tell(point, point.at); });
    L.marker([point.at[1], point.at[0]], { keyboard: false, icon: L.divIcon({ className: "", html: element, iconSize: [28, 28] }) }).addTo(map);
  }
  map.on("zoomend moveend", () => thin(stage));
  window.requestAnimationFrame(() => thin(stage));
  return {
    fit: (route) => { const [w, s, e, n] = bounds({ routes: [route] }, base); map.fitBounds([[s, w], [n, e]], { padding: [36, 36] }); },
    go: (point) => { map.setView([point.at[1], point.at[0]], Math.max(map.getZoom(), 11)); tell(point, point.at); },
  };
}

function list(box, data, view) {
  const target = box.parentElement.querySelector("[data-map-list]");
  if (!target) return;
  const lines = document.createElement("ol");
  const add = (thing, act) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const sign = document.createElement("span");
    button.type = "button";
    sign.className = `map-pin map-pin-${thing.kind in ENDS ? "end" : tone(thing)}`;
    sign.setAttribute("aria-hidden", "true");
    sign.textContent = ENDS[thing.kind] ?? SIGNS[tone(thing)];
    button.append(sign, words(thing));
    button.addEventListener("click", () => { act(thing); box.scrollIntoView({ block: "nearest" }); });
    item.append(button);
    lines.append(item);
  };
  (data.routes ?? []).forEach((route) => add(route, view.fit));
  pinned(data).forEach((point) => add(point, view.go));
  target.replaceChildren(...(lines.children.length ? [lines] : []));
}
