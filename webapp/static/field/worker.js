/* Keeps the roadside page, its keys and its list for when there is no network. */

const STORE = "dajian-field-2";
const NEEDED = [
  "/field",
  "/field/law.json",
  "/field/notices.json",
  "/keys.json",
  "/revocations.bin",
  "/static/field/field.js",
  "/static/field/ahead.js",
  "/static/field/pass.js",
  "/static/field/cbor.js",
  "/static/vendor/jsqr/jsQR.js",
  "/static/vendor/tweetnacl/nacl-fast.min.js",
  "/static/dajian.css",
  "/static/page.js",
  "/static/fonts/fonts.css",
  "/static/images/mark.svg",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(NEEDED)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((one) => one.startsWith("dajian-field-") && one !== STORE).map((one) => caches.delete(one))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(fresh(event.request));
});

/* The network first, so that nobody works with an old list while a newer one can be had. */
async function fresh(request) {
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await store.put(request, answer.clone());
    return answer;
  } catch (offline) {
    // Pages ask for files with a stamp of their version; what is kept serves whatever the stamp.
    const kept = await store.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw offline;
  }
}
