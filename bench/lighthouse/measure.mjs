// Lighthouse as on a phone of the middle range: the address of a site and its paths in, a line of JSON a path out.
//
// Lighthouse makes the processor four times slower, whatever the machine: that is such a phone where the machine is a fast
// desktop. Its calculator (docs/throttling.md, « CPU throttling ») says by how much a slower machine is to be slowed for
// the same phone. Both are measured.
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";
import { computeMedianRun } from "lighthouse/core/lib/median-run.js";
import { throttling } from "lighthouse/core/config/constants.js";

const [chromePath, site, ...paths] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight"];
const VISITS = 5; // docs/variability.md: their median is twice as steady as one visit
const SLOWDOWNS = [[0, 1], [150, 1], [800, 2], [1300, 3], [1533, 4], [2000, 6]];

/** How much slower a machine of that benchmark index must be to be the phone: the calculator's points, and lines between them. */
function findSlowdown(index) {
  const after = Math.max(1, SLOWDOWNS.findIndex(([from]) => from >= index));
  const [[low, least], [high, most]] = [SLOWDOWNS[after - 1], SLOWDOWNS[after]];
  return least + ((Math.min(index, high) - low) / (high - low)) * (most - least);
}

const chrome = await launcher.launch({ chromePath, chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"] });

/** The visit in the middle of several: what else a machine does makes a page look slow, never fast. */
async function visitOften(path, slowdown) {
  const visits = [];
  for (let count = 0; count < VISITS; count++) visits.push(await visit(path, slowdown));
  return computeMedianRun(visits);
}

async function visit(path, cpuSlowdownMultiplier) {
  const settings = { port: chrome.port, logLevel: "error", onlyCategories: CATEGORIES, throttling: { ...throttling.mobileSlow4G, cpuSlowdownMultiplier } };
  const { lhr } = await lighthouse(site + path, settings);
  if (lhr.runtimeError) {
    throw new Error(`${path}: ${lhr.runtimeError.message}`);
  }
  return lhr;
}

try {
  const { environment } = await visit(paths[0], 4); // the first visit, while the browser starts, only tells the machine's speed
  const slowdown = findSlowdown(environment.benchmarkIndex);
  console.log(JSON.stringify({ index: environment.benchmarkIndex, slowdown }));
  for (const path of paths) {
    const [lhr, fixed] = [await visitOften(path, slowdown), await visitOften(path, 4)];
    const failed = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== "informative");
    console.log(
      JSON.stringify({
        path,
        scores: CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100)),
        fixed: Math.round(fixed.categories.performance.score * 100),
        metrics: METRICS.map((name) => lhr.audits[name].numericValue),
        failed: failed.map(({ id, title, displayValue }) => `${id}: ${title} ${displayValue ?? ""}`),
      }),
    );
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
await chrome.kill();
