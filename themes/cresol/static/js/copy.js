/* The buttons that copy an address, or what is to be pasted: shown where the browser can. */
const said = document.querySelector("[role=status]");
for (const button of navigator.clipboard ? document.querySelectorAll(".copy") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.closest("li").querySelector("code").textContent);
    said.textContent = `Copié : ${button.dataset.name}`;
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 2000);
  });
}
