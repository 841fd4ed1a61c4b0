// One page as visitors get it: on a desk and on a phone, light and dark, with scripts or without.
import { audit, auditColours, nameLinks } from "./audit.mjs";
import { focusAll } from "./focus.mjs";
import { listen } from "./listen.mjs";
import { addUpShifts, measure, spaceOut } from "./measure.mjs";

const SCREENS = [
  { width: 1280, schemes: ["light", "dark"] },
  { width: 320, schemes: ["dark", "light"] }, // 320 is also a desk at 400 %
];
const HEIGHT = 900;

/** A window that is used for one visit after the other, all at that moment. */
export async function prepare(browser, now) {
  const page = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
  await page.clock.setFixedTime(new Date(now));
  const client = await page.context().newCDPSession(page);
  return { page, client, ...(await listen(page)) };
}

export async function visit({ page, client, heard, forget }, { url, scripts = true, audited = true, pictures = "" }) {
  const found = { url, scripts, looks: [] };
  for (const { width, schemes } of SCREENS) {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.emulateMedia({ colorScheme: schemes[0] });
    forget();
    const status = await open(page, client, url, scripts);
    const shift = await addUpShifts(page);
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme });
      const requests = [...heard.requests]; // not what a key makes the page ask for later
      const look = { width, scheme, status, shift, ...heard, requests, ...(await measure(page)) };
      if (audited) {
        look.violations = await (scheme === schemes[0] ? audit(page) : auditColours(page));
      }
      if (pictures) {
        await page.screenshot({ path: `${pictures}-${width}-${scheme}.png`, fullPage: true });
      }
      found.looks.push(look);
    }
    if (width === SCREENS[0].width) {
      found.links = await nameLinks(page);
      found.focus = await focusAll(page);
    } else {
      found.spaced = await spaceOut(page);
    }
  }
  return found;
}

/** Without scripts the page's own never ran, but ours can. */
async function open(page, client, url, scripts) {
  await client.send("Emulation.setScriptExecutionDisabled", { value: !scripts });
  const response = await page.goto(url);
  await client.send("Emulation.setScriptExecutionDisabled", { value: false });
  return response.status();
}
