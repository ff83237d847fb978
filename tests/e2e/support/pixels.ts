import type { Page } from "playwright-core";

/**
 * How many colours a picture has: a single one where something is painted over the page.
 * @param reader a blank page, whose content policy lets it read the picture
 */
export function coloursIn(picture: Buffer, reader: Page): Promise<number> {
  return reader.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, picture.toString("base64"));
}
