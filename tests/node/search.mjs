// Use the search page as visitors do, in Chromium. Standard input: where the site is, and visits, each with a path and,
// if wanted, what is typed (one after the other), chosen and clicked, the keys pressed then, and whether to look at the
// end with axe. Prints, for each visit, what is there to see after each thing typed, what was loaded before and after,
// and what went wrong.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { audit, auditColours } from "./browsing/audit.mjs";

const { origin, browser: executablePath, visits } = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

const look = () => {
  const text = (element) => element?.innerText.trim() ?? "";
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
  const seen = (query) => [...document.querySelectorAll(query)].filter(isSeen);
  const result = (item) => ({
    title: text(item.querySelector("h3")),
    url: item.querySelector("a").getAttribute("href"),
    text: text(item.querySelector("p")),
    marks: [...item.querySelectorAll("mark")].map(text),
    tags: [...item.querySelectorAll("p *")].map((one) => one.localName),
    when: text(item.querySelector(".meta")),
  });
  return {
    status: text(document.querySelector("[role=status]")),
    groups: seen("[data-kind]").map((group) => ({
      name: text(group.querySelector("h2")),
      results: [...group.querySelectorAll("li")].map(result),
    })),
    controls: seen("main :is(input, select, button)").map((one) => one.name || text(one)),
    chosen: Object.fromEntries([...document.querySelectorAll("select")].map((one) => [one.name, one.value])),
    focus: text(document.activeElement) || document.activeElement.name || document.activeElement.localName,
    banners: seen(".banner").map(text),
    overflow: document.documentElement.scrollWidth - innerWidth,
    address: location.pathname + location.search,
    ways: [...document.querySelectorAll("main a")].map((link) => link.pathname + link.search),
  };
};

const visit = async ({ path, width = 1280, typed = [], choose = {}, click, keys = [], script = true, audited = false }) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: script });
  const page = await context.newPage();
  const [wrong, loads, seen] = [[], [], []];
  page.on("console", (message) => {
    const isAboutThePage = message.location().url === page.url() && message.text().includes("404");
    if (["error", "warning"].includes(message.type()) && !isAboutThePage) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", (dialog) => dialog.accept().then(() => wrong.push(dialog.message())));
  page.on("request", (request) => new URL(request.url()).origin === origin || wrong.push(request.url()));
  page.on("response", (response) => loads.push(response));
  await page.goto(origin + path, { waitUntil: typed.length ? "load" : "networkidle" });
  const before = loads.length;
  const hasAnswered = () => page.waitForFunction(() => !["", "?"].includes(document.querySelector("[role=status]").textContent));
  if (script && path.includes("?q=")) await hasAnswered();
  const answered = async (act) => {
    await page.locator("[role=status]").evaluate((status) => (status.textContent = "?"));
    await act();
    await page.waitForFunction(() => document.querySelector("[role=status]").textContent !== "?");
  };
  for (const words of typed) {
    await answered(() => page.fill("[type=search]", words));
    seen.push(await page.evaluate(look));
  }
  for (const [name, value] of Object.entries(choose)) {
    await answered(() => page.selectOption(`[name=${name}]`, value));
  }
  if (click) await answered(() => page.click(`text=${click}`));
  for (const key of keys) {
    const here = page.url();
    await Promise.all([key === "Enter" && page.waitForURL((url) => url.href !== here), page.keyboard.press(key)]);
  }
  if (keys.includes("Enter") && page.url().includes("?q=")) await hasAnswered();
  seen.push(await page.evaluate(look));
  const violations = [];
  if (audited) {
    violations.push(...(await audit(page)));
    await page.emulateMedia({ colorScheme: "dark" });
    violations.push(...(await auditColours(page)));
  }
  const sizes = loads.map(async (load) => [new URL(load.url()).pathname, (await load.body().catch(() => "")).length]);
  const loaded = await Promise.all(sizes);
  await context.close();
  return { seen, wrong, violations, before: loaded.slice(0, before), after: loaded.slice(before) };
};

const answers = [];
for (const wanted of visits) answers.push(await visit(wanted));
await browser.close();
console.log(JSON.stringify(answers));
