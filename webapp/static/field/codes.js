/* Reads QR codes from the camera or from a photograph, in plain JavaScript. */

const AGAIN_MS = 150;

/* Return the text of a code in a picture, empty where there is none. */
export function textIn(picture, width, height) {
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

export async function textOfFile(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  return picture ? textIn(picture, picture.width, picture.height) : "";
}

/* The camera stays on, so that one label after the other is read; the same one counts once a while. */
export class Camera {
  constructor(film, read) {
    this.film = film;
    this.read = read;
    this.stream = null;
    this.last = { text: "", at: 0 };
  }

  get on() {
    return this.stream !== null;
  }

  async start() {
    this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    this.film.hidden = false;
    this.film.srcObject = this.stream;
    await this.film.play();
    this.look();
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.film.hidden = true;
  }

  look() {
    if (!this.stream) return;
    const text = this.film.videoWidth && textIn(this.film, this.film.videoWidth, this.film.videoHeight);
    if (text && (text !== this.last.text || Date.now() - this.last.at > 4000)) {
      this.last = { text, at: Date.now() };
      this.read(text);
    }
    setTimeout(() => this.look(), AGAIN_MS);
  }
}

/* A photograph small enough to be kept and sent; a PDF stays as it is. */
export async function smallFile(file, longestPx = 1600) {
  const picture = file.type === "application/pdf" ? null : await createImageBitmap(file).catch(() => null);
  if (!picture) return plain(file);
  const scale = Math.min(1, longestPx / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.7);
}

function plain(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}
