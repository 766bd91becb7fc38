// A map as a picture for print: the server's SVG, drawn on a canvas as wide as A3 at 300 dpi.
const WIDE = 4961;
const HIGHEST = 16000;

export async function picture(asked, address) {
  const url = new URL(address);
  url.search = asked.search;
  const image = new Image();
  image.src = url.href;
  await image.decode();
  const scale = Math.min(WIDE / image.naturalWidth, HIGHEST / image.naturalHeight);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(made);
  link.download = `${document.querySelector("#view h1, h1").textContent.replaceAll(/[^\p{L}\p{N}（）-]+/gu, "").slice(0, 60) || "map"}.png`;
  link.click();
  URL.revokeObjectURL(link.href);
}
