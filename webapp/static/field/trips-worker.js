/* Keeps the page of the trips and what it carried last for when there is no network. */

const STORE = "dajian-trips-1";
const PATIENCE_MS = 5000;
const NEEDED = [
  "/field/trips",
  "/field/trips/data.json",
  "/static/field/trips.js",
  "/static/field/outbox.js",
  "/static/field/codes.js",
  "/static/vendor/jsqr/jsQR.js",
  "/static/dajian.css",
  "/static/page.js",
  "/static/fonts/fonts.css",
  "/static/fonts/noto-sans-sc-latin-400.woff2",
  "/static/fonts/noto-sans-sc-latin-600.woff2",
  "/static/fonts/noto-sans-sc-common-400.woff2",
  "/static/fonts/noto-sans-sc-common-600.woff2",
  "/static/images/mark.svg",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(NEEDED)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("dajian-trips-") && name !== STORE;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((one) => caches.delete(one))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(fresh(event.request));
});

/* The network first; where it is silent, what is kept. */
async function fresh(request) {
  const store = await caches.open(STORE);
  const kept = await store.match(request, { ignoreSearch: true });
  const asked = fetch(request).then(async (answer) => {
    // Somebody who is signed out is sent elsewhere: that page must not take this one's place.
    if (answer.ok && !answer.redirected) await store.put(request, answer.clone());
    return answer;
  });
  if (!kept) return asked;
  const silent = new Promise((done) => setTimeout(() => done(marked(kept)), PATIENCE_MS));
  return Promise.race([asked.catch(() => marked(kept)), silent]);
}

/* Say that an answer is an earlier one. */
function marked(kept) {
  const headers = new Headers(kept.headers);
  headers.set("X-Kept", "1");
  return new Response(kept.body, { status: kept.status, headers });
}
