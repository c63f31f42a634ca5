// The page is whole without this: it adds one button, and opens folded text that a link leads into.
(() => {
  const folds = [...document.querySelectorAll("details.fold")];
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
  const tools = document.querySelector(".tools");
  if (!folds.length || !tools) return;
  const button = document.createElement("button");
  button.type = "button";
  const label = () => {
    button.textContent = folds.every((fold) => fold.open) ? "Fold unchanged text" : "Show all text";
  };
  button.addEventListener("click", () => {
    const open = !folds.every((fold) => fold.open);
    folds.forEach((fold) => { fold.open = open; });
    label();
  });
  folds.forEach((fold) => fold.addEventListener("toggle", label));
  label();
  tools.append(button);
})();
