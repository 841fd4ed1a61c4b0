/* Puts right a page made some days ago, by the clocks of the place. */
const all = (query) => [...document.querySelectorAll(query)];
const now = new Date();
const isGone = (time) => new Date(time.dateTime) <= now;
const { zone } = document.currentScript.dataset;
const [passed] = all(".passed");
let gone = 0;
for (const time of all(".over").filter(isGone)) {
  const item = time.closest("li, .event-date");
  item.classList.add("is-past");
  if (item.closest(".coming")) {
    gone++;
    passed ? passed.prepend(item) : item.remove();
  }
}
const [groups, cards, days] = [".coming section", ".coming .h-event", ".days, .day:not(.day-out) .n"].map(all);
if (gone) for (const note of all(".gone")) {
  const [sum, rest] = note.children;
  sum.textContent = gone;
  rest.hidden = cards.length;
  note.hidden = false;
}
for (const time of all(".until").filter(isGone))
  for (const part of time.parentNode.children) part.hidden = part.className != "after";
if (gone && passed) passed.closest("details, section").hidden = false;
/* Clocks of a place take long to ask for where there is no Temporal: not before the page is shown. */
if (all(".coming, .day")[0]) setTimeout(() => {
  const here = `${now.toTemporalInstant?.().toZonedDateTimeISO(zone) ?? now.toLocaleString("sv", { timeZone: zone })}`;
  const today = here.slice(0, 10);
  const last = (7 - new Date(today).getUTCDay()) % 7;
  const ends = [0, last, last + 7].map((n) => new Date(Date.parse(today) + n * 864e5).toISOString());
  for (const card of cards) {
    const start = card.querySelector(".dt-start").dateTime;
    const isOn = start <= here.replace(" ", "T") && !card.matches(".is-cancelled, .is-postponed");
    const to = isOn ? 0 : ends.findIndex((end) => start.slice(0, 10) <= end) + 1 || 99;
    if (to < groups.indexOf(card.closest("section"))) groups[to].lastElementChild.append(card);
    card.classList.toggle("is-on", isOn);
  }
  for (const group of groups) group.hidden = !group.querySelector("li");
  for (const time of days) {
    const [cell, isOn] = [time.closest("td"), time.dateTime == today];
    if (!cell) time.hidden = !isOn;
    else isOn ? cell.setAttribute("aria-current", "date") : cell.removeAttribute("aria-current");
  }
});
