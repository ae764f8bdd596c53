/* What a phone recorded and has not handed over yet, kept in IndexedDB until somebody took it. */

const NAME = "dajian-trips";
const STORE = "outbox";

function opened() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within(mode, action) {
  const database = await opened();
  try {
    return await new Promise((done, failed) => {
      const work = database.transaction(STORE, mode);
      const asked = action(work.objectStore(STORE));
      work.oncomplete = () => done(asked.result);
      work.onerror = () => failed(work.error);
      work.onabort = () => failed(work.error);
    });
  } finally {
    database.close();
  }
}

/* Every record of a firm, in the order it was tapped. */
export async function recordsOf(organisation) {
  const all = await within("readonly", (store) => store.getAll());
  return all.filter((one) => one.organisation === organisation).sort((a, b) => a.number - b.number);
}

export const keepRecord = (record) => within("readwrite", (store) => store.put(record));
export const removeRecord = (id) => within("readwrite", (store) => store.delete(id));
