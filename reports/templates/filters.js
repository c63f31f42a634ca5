// Choices in a form with data-state stand in the address: '#kind=number&least=3'. Where the form names items, those that do
// not fit are hidden: a field fits an item by the item's data of the field's name.
(() => {
  const { write, onState } = window.litanyPage;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const fits = (field, item) => {
    const value = field.value.trim(), held = item.dataset[field.name] || "";
    if (!value) return true;
    if (field.type === "checkbox") return !field.checked || held.split(" ").includes(value);
    if (field.type === "number") return Number(held) >= Number(value);
    if (field.type === "search") return (item.folded ??= plain(item.textContent)).includes(plain(value));
    return held.split(" ").includes(value);
  };
  document.querySelectorAll("form[data-state]").forEach((form) => {
    const fields = [...form.querySelectorAll("[name]")], radios = fields.filter((field) => field.type === "radio");
    const asking = fields.filter((field) => field.type !== "radio");
    const items = form.dataset.items ? [...document.querySelectorAll(form.dataset.items)] : [];
    const status = form.querySelector("output");
    const show = () => {
      let shown = 0;
      for (const item of items) {
        item.hidden = !asking.every((field) => fits(field, item));
        shown += !item.hidden;
      }
      const asked = asking.some((field) => (field.type === "checkbox" ? field.checked : field.value.trim()));
      for (const group of new Set(items.map((item) => item.closest("[data-group]")))) {
        if (!group) continue;
        group.hidden = !group.querySelector(`${form.dataset.items}:not([hidden])`);
        if (asked && group.matches("details")) group.open = !group.hidden;
      }
      if (status) status.textContent = asked ? `${shown.toLocaleString("en")} of ${items.length.toLocaleString("en")} shown` : "";
    };
    const value = (field) => (field.type === "checkbox" ? (field.checked ? "1" : "") : field.value.trim());
    let waiting;
    const changed = () => {
      const state = Object.fromEntries(asking.map((field) => [field.name, value(field)]));
      for (const radio of radios) if (radio.checked) state[radio.name] = radio.defaultChecked ? "" : radio.value;
      write(state);
      show();
    };
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(changed, 120); });
    form.addEventListener("change", () => { clearTimeout(waiting); changed(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    onState((state) => {
      for (const field of asking) {
        const given = state.get(field.name) || "";
        if (field.type === "checkbox") field.checked = Boolean(given);
        else if (!field.options || [...field.options].some((option) => option.value === given)) field.value = given;
        else field.value = "";
      }
      for (const radio of radios) radio.checked = state.has(radio.name) ? state.get(radio.name) === radio.value : radio.defaultChecked;
      if (radios.length && !radios.some((radio) => radio.checked)) radios.forEach((radio) => { radio.checked = radio.defaultChecked; });
      show();
    });
  });
})();
