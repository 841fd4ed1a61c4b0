// What axe-core finds against WCAG 2.2 AA and good practice, and the names that screen readers give to links.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = ["color-contrast", "link-in-text-block"];

export async function audit(page) {
  return run(page, { runOnly: TAGS, rules: { "target-size": { enabled: true } } });
}

/** The rules whose answer another colour scheme may change. */
export async function auditColours(page) {
  return run(page, { runOnly: COLOURS });
}

async function run(page, options) {
  await load(page);
  return page.evaluate(async (given) => {
    const { violations } = await axe.run(document, { ...given, resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => ({
      rule: id,
      help,
      on: nodes.slice(0, 4).map((node) => `${node.target.join(" ")} (${node.failureSummary.split("\n").at(-1).trim()})`),
      count: nodes.length,
    }));
  }, options);
}

/** Every link that can be followed: its name, where it leads, and the dates of the item that it stands in. */
export async function nameLinks(page) {
  await load(page);
  return page.evaluate(() => {
    axe.setup(document.body);
    const found = [...document.querySelectorAll("a[href]")]
      .filter((link) => link.checkVisibility({ visibilityProperty: true }))
      .map((link) => ({
        name: axe.commons.text.accessibleText(link).replace(/\s+/g, " ").trim(),
        to: new URL(link.getAttribute("href"), document.baseURI).href,
        dates: [...(link.closest("li:has(time), td, p")?.querySelectorAll("time:not([hidden])") ?? [])].map((time) => time.dateTime),
      }));
    axe.teardown();
    return found;
  });
}

async function load(page) {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(AXE);
  }
}
