// Hides changes by kind and says how many it hid. What is hidden stands in the address: '#s12&hide=number.date'.
(() => {
  const field = document.querySelector("fieldset.kinds");
  if (!field) return;
  const boxes = [...field.querySelectorAll("input")];
  const said = field.querySelector("output");
  const parts = () => location.hash.slice(1).split("&").filter(Boolean);
  const asked = () => parts().find((part) => part.startsWith("hide="));
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    const hides = (element) => chosen.includes(element.dataset.kind);
    document.querySelectorAll(".prose [data-kind]").forEach((mark) => mark.classList.toggle("unmarked", hides(mark)));
    const entries = [...document.querySelectorAll(".changes li[data-kind]")];
    entries.forEach((entry) => { entry.hidden = hides(entry); });
    const number = entries.filter(hides).length;
    said.textContent = number ? `${number.toLocaleString("en")} ${number === 1 ? "change" : "changes"} hidden` : "";
    window.litanyPage?.recount?.();
  };
  const follow = () => {
    const chosen = asked();
    if (chosen !== undefined) {
      const kinds = chosen.slice(5).split(".");
      boxes.forEach((box) => { box.checked = kinds.includes(box.value); });
    }
    show();
  };
  field.addEventListener("change", () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    const others = parts().filter((part) => !part.startsWith("hide="));
    const hash = [...others, ...(chosen.length || asked() ? [`hide=${chosen.join(".")}`] : [])].join("&");
    history.replaceState(null, "", `#${hash}`);
    show();
  });
  addEventListener("hashchange", follow);
  boxes.forEach((box) => { box.checked = "first" in box.dataset; });
  field.hidden = false;
  follow();
})();
