// An irreversible act can be sent only after its statement is ticked; it can be folded away again.

function prepare(part) {
  if (part.dataset.confirmReady) return;
  part.dataset.confirmReady = "yes";
  const tick = part.querySelector("[data-confirm-tick]");
  const act = part.querySelector("[data-confirm-act]");
  const close = part.querySelector("[data-confirm-close]");
  const settle = () => {
    act.disabled = !(part.open && tick.checked);
    // A folded box may not hold up the other buttons of the form.
    tick.required = part.open;
  };
  close.hidden = false;
  close.addEventListener("click", () => {
    part.open = false;
    part.querySelector("summary").focus();
  });
  tick.addEventListener("change", settle);
  part.addEventListener("toggle", () => {
    settle();
    if (part.open) part.scrollIntoView({ block: "nearest" });
  });
  part.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close.click();
  });
  settle();
}

const prepareAll = () => document.querySelectorAll("[data-confirm]").forEach(prepare);
document.addEventListener("htmx:load", prepareAll);
prepareAll();
