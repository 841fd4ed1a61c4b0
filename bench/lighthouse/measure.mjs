// Lighthouse as on a phone of the middle range: the address of a site and its paths in, a line of JSON a path out.
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, site, ...paths] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight"];

const chrome = await launcher.launch({ chromePath, chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"] });
for (const path of paths) {
  const { lhr } = await lighthouse(site + path, { port: chrome.port, logLevel: "error", onlyCategories: CATEGORIES });
  if (lhr.runtimeError) {
    console.error(`${path}: ${lhr.runtimeError.message}`);
    process.exitCode = 1;
    break;
  }
  const failed = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== "informative");
  console.log(
    JSON.stringify({
      path,
      scores: CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100)),
      metrics: METRICS.map((name) => lhr.audits[name].numericValue),
      failed: failed.map(({ id, title, displayValue }) => `${id}: ${title} ${displayValue ?? ""}`),
    }),
  );
}
await chrome.kill();
