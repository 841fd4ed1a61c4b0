// The keyboard's way through a page: whether one sees where one is, and whether each stop comes in the page's order.
const MOST = 20;

export async function focusAll(page) {
  const count = await page.evaluate(() => {
    window.stops = [...document.querySelectorAll("a[href], button, summary, input, select, textarea")].filter(
      (element) => element.checkVisibility({ visibilityProperty: true }),
    );
    return window.stops.length;
  });
  const order = [];
  for (let key = 0; key < Math.min(count, MOST); key += 1) {
    await page.keyboard.press("Tab");
    order.push(await page.evaluate(() => window.stops.indexOf(document.activeElement)));
  }
  return { count, order, unseen: count ? await page.evaluate(findUnseen) : [] };
}

/** The stops that show no outline, or lie outside the window. The last key was Tab: scripts' focus shows as its own. */
function findUnseen() {
  const isOutlined = ({ outlineStyle, outlineWidth, content }, isBox) =>
    outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && (isBox || content !== "none");
  const isSeen = (element) => {
    element.focus();
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const isInside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    return (
      isInside &&
      (isOutlined(getComputedStyle(element), true) ||
        ["::before", "::after"].some((part) => isOutlined(getComputedStyle(element, part), false)))
    );
  };
  return window.stops.filter((element) => !isSeen(element)).map((element) => element.outerHTML.slice(0, 120));
}
