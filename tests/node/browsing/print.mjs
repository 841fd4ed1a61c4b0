// A page on A4, as a browser prints it, without the colours of its grounds.
const INCH = 96;
const A4 = { width: (210 / 25.4) * INCH, height: (297 / 25.4) * INCH };

export async function print({ page }, { url, margins }) {
  const width = Math.floor(A4.width - (2 * margins * INCH) / 25.4);
  await page.setViewportSize({ width, height: Math.floor(A4.height) });
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.goto(url);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  await page.emulateMedia({ media: null });
  return { url, over, pdf: pdf.toString("base64") };
}
