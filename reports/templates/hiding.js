// Hides changes by kind and says how many it hid. What is hidden stands in the address: '#s12&hide=number.date'.
(() => {
  const field = document.querySelector("fieldset.kinds");
  if (!field) return;
  const { make } = window.litanyPage;
  const said = field.querySelector("output");
  const boxes = () => [...field.querySelectorAll("input")];
  const checked = () => boxes().filter((box) => box.checked).map((box) => box.value);
  const parts = () => location.hash.slice(1).split("&").filter(Boolean);
  const asked = () => parts().find((part) => part.startsWith("hide="))?.slice(5).split(".").filter(Boolean);
  const count = (number) => number.toLocaleString("en");
  const WORDING = "wording";
  const noise = make("button", "all but wording", { type: "button", className: "noise" });
  const show = () => {
    const chosen = checked(), hides = (element) => chosen.includes(element.dataset.kind);
    document.querySelectorAll(".prose [data-kind]").forEach((mark) => mark.classList.toggle("unmarked", hides(mark)));
    const entries = [...document.querySelectorAll(".changes li[data-kind]")];
    entries.forEach((entry) => { entry.hidden = hides(entry); });
    const number = entries.filter(hides).length;
    noise.hidden = !boxes().some((box) => box.value === WORDING) || boxes().length < 3; // else a box does the same
    noise.setAttribute("aria-pressed", boxes().every((box) => box.checked === (box.value !== WORDING)));
    said.textContent = number ? `${count(number)} ${number === 1 ? "change" : "changes"} hidden` : "";
    window.litanyPage.recount?.();
  };
  const follow = () => {
    const chosen = asked();
    if (chosen !== undefined) boxes().forEach((box) => { box.checked = chosen.includes(box.value); });
    show();
  };
  window.litanyPage.offerHiding = (kinds) => { // another text stands in the page, with so many changes of each kind
    const labels = kinds.map(([kind, name, number]) => {
      const label = make("label");
      const box = make("input", "", { type: "checkbox", name: "hide", value: kind, id: `hide-${kind}` });
      label.append(box, ` ${name} `, make("span", `(${count(number)})`, { className: "quiet" }));
      return label;
    });
    field.querySelectorAll("label").forEach((label) => label.remove());
    noise.before(...labels);
    field.hidden = !kinds.length;
    follow();
  };
  const choose = () => {
    const here = boxes().map((box) => box.value), elsewhere = (asked() ?? []).filter((kind) => !here.includes(kind));
    const chosen = [...checked(), ...elsewhere], others = parts().filter((part) => !part.startsWith("hide="));
    const hash = [...others, ...(chosen.length || asked() ? [`hide=${chosen.join(".")}`] : [])].join("&");
    history.replaceState(null, "", `#${hash}`);
    show();
  };
  field.addEventListener("change", choose);
  noise.addEventListener("click", () => {
    const isOn = noise.getAttribute("aria-pressed") === "true";
    boxes().forEach((box) => { box.checked = !isOn && box.value !== WORDING; });
    choose();
  });
  said.before(noise);
  addEventListener("hashchange", follow);
  boxes().forEach((box) => { box.checked = "first" in box.dataset; });
  field.hidden = !boxes().length;
  follow();
})();
