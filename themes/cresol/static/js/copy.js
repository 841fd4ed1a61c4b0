/* The buttons that copy an address: shown where the browser can. */
const said = document.querySelector("[role=status]");
for (const button of navigator.clipboard ? document.querySelectorAll(".copy") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.closest("li").querySelector("code").textContent);
    said.textContent = `Adresse copiée : ${button.dataset.name}`;
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 2000);
  });
}
