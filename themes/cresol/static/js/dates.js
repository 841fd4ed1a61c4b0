/* Says how many key dates a choice leaves, and folds away the months that it empties. */
const dates = document.querySelector(".dates");
dates.addEventListener("change", () => {
  const shown = [...dates.querySelectorAll("li.row")].filter((row) => getComputedStyle(row).display !== "none");
  for (const month of dates.querySelectorAll("section")) month.hidden = !shown.some((row) => month.contains(row));
  const count = shown.length;
  dates.querySelector("[role=status]").textContent = `${count} date${count > 1 ? "s" : ""} montrée${count > 1 ? "s" : ""}`;
});
