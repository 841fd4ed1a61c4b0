/* On the page for what is not found: the way to the search takes the words of the address along. */
const words = location.pathname.split("/").filter(Boolean).pop() ?? "";
document.querySelector(".go[href='/recherche/']").search = new URLSearchParams({ q: words.replace(/%..|\.\w+$|\W+/g, " ").trim() });
