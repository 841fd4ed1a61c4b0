// A walk with the keyboard alone: keys to press, one after the other, and what is then in focus.
export async function follow({ page }, { url, keys }) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(url);
  const steps = [];
  for (const key of keys) {
    steps.push(await take(page, key));
  }
  return steps;
}

/** Press a key, or Tab until something whose name begins so is in focus. */
async function take(page, key) {
  if (typeof key === "string") {
    await page.keyboard.press(key);
    await page.waitForTimeout(50); // what the key does has begun: a page that opens, a script that copies
    await page.waitForLoadState();
    return read(page);
  }
  let seen;
  for (let count = 0; count < key.most; count += 1) {
    await page.keyboard.press(key.backwards ? "Shift+Tab" : "Tab");
    seen = await read(page);
    if (seen.name.startsWith(key.until)) {
      return seen;
    }
  }
  throw new Error(`« ${key.until} » is not reached within ${key.most} keys: the last is « ${seen.name} »`);
}

/** What is in focus; once more when a page was just opening. */
async function read(page, tries = 5) {
  try {
    return await page.evaluate(describe);
  } catch (error) {
    if (!tries) {
      throw error;
    }
    await page.waitForLoadState();
    return read(page, tries - 1);
  }
}

async function describe() {
  const element = document.activeElement;
  return {
    element: element.tagName.toLowerCase(),
    id: element.id,
    name: (element.getAttribute("aria-label") ?? element.textContent).replace(/\s+/g, " ").trim().slice(0, 200),
    place: element.closest("header, nav, main, footer")?.tagName.toLowerCase() ?? "",
    path: location.pathname + location.hash,
    open: element.closest("details")?.open ?? null,
    said: document.querySelector("[role=status]")?.textContent ?? "",
    copied: document.hasFocus() && navigator.clipboard ? await navigator.clipboard.readText().catch(() => "") : "",
  };
}
