// What only a laid-out page tells: what sticks out, what is cut off, what moved while it loaded.

/** What sticks out sideways, and the texts that their boxes cut off: also in parts that wait for the window to come near. */
export async function measure(page) {
  return page.evaluate(() => {
    const near = new CSSStyleSheet(); // not bound by the page's policy
    near.replaceSync("*{content-visibility:visible!important}");
    document.adoptedStyleSheets.push(near);
    const { clientWidth, scrollWidth } = document.documentElement;
    const say = (element) => {
      const holder = element.closest("[class]") ?? document.body;
      const name = holder.className.baseVal ?? holder.className;
      return `${element.tagName.toLowerCase()} ${holder === element ? "." : "in ."}${name}`;
    };
    const shown = [...document.body.querySelectorAll("*")].filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && !element.closest("[hidden]");
    });
    const out = shown.filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > clientWidth + 1 || left < -1;
    });
    const cut = shown.filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      return (
        (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) ||
        (overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1)
      );
    });
    return {
      over: scrollWidth - clientWidth,
      out: scrollWidth > clientWidth ? [...new Set(out.map(say))].slice(0, 6) : [],
      cut: [...new Set(cut.map(say))],
    };
  });
}

/** The same with the spacing of WCAG 1.4.12, which readers may set themselves. */
export async function spaceOut(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet(); // not bound by the page's policy, as a reader's own sheet is not
    sheet.replaceSync(
      "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}",
    );
    document.adoptedStyleSheets = [sheet];
  });
  return measure(page);
}

/** The sum of all layout shifts so far. */
export async function addUpShifts(page) {
  await page.evaluate(() => document.fonts.ready.then(() => true));
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0))).observe(
          { type: "layout-shift", buffered: true },
        );
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0))); // there was none
      }),
  );
}
