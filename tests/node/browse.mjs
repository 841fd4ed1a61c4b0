// One browser for all tests. Reads a request a line from the standard input ({"task", "of"}) and prints an answer a
// line: what the task finds for each thing asked of it, in order. Ends with its input.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import * as following from "./browsing/follow.mjs";
import * as printing from "./browsing/print.mjs";
import * as visiting from "./browsing/visit.mjs";

const TASKS = { follow: following.follow, print: printing.print, visit: visiting.visit };
const WINDOWS = 2;
const QUIET = ["background-networking", "component-update", "default-apps", "gpu", "quic", "sync"];

const [executablePath, now] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  args: QUIET.map((part) => `--disable-${part}`),
});
const windows = await Promise.all(Array.from({ length: WINDOWS }, () => visiting.prepare(browser, now)));

async function answer({ task, of }) {
  const found = [];
  const waiting = of.entries();
  const work = async (place) => {
    for (const [number, given] of waiting) {
      found[number] = await TASKS[task](place, given).catch((error) => ({ error: String(error) }));
    }
  };
  await Promise.all(windows.map(work));
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
await browser.close();
