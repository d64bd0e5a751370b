// Keyboard: whatever carries data-key can be reached by it; "?" lists what this page has.

const WAIT = 900;
let typed = "";
let timer = 0;

const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
const seen = (part) => part.getClientRects().length > 0 || part.closest("details:not([open])");

// What a key does, without the counts and hints that stand beside the words.
function words(part) {
  const copy = part.cloneNode(true);
  for (const beside of copy.querySelectorAll(".xz-count, .visually-hidden")) beside.remove();
  return copy.textContent.trim() || part.textContent;
}
const named = (part) =>
  (part.getAttribute("aria-label") || part.labels?.[0]?.textContent || part.title.replace(/（.*）$/, "") || words(part))
    .trim()
    .replace(/\s+/g, " ");

function all() {
  const found = new Map();
  for (const part of document.querySelectorAll("[data-key]")) {
    if (seen(part) && !found.has(part.dataset.key)) found.set(part.dataset.key, part);
  }
  return found;
}

function list(dialog) {
  const place = dialog.querySelector("[data-keys-list]");
  const rows = [["?", "显示键盘操作"], ["Esc", "关闭菜单和对话框"]];
  for (const [key, part] of all()) rows.push([key, named(part)]);
  place.replaceChildren();
  for (const [key, says] of rows) {
    const term = document.createElement("dt");
    for (const one of key.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = one;
      term.append(cap, " ");
    }
    const what = document.createElement("dd");
    what.textContent = says;
    place.append(term, what);
  }
}

function help() {
  const dialog = document.getElementById("xz-keys");
  if (!dialog || dialog.open) return;
  list(dialog);
  dialog.showModal();
}

function act(part) {
  // Focus brings it into view, and the next Tab goes on from there.
  part.focus();
  if (!/^(INPUT|TEXTAREA|SELECT)$/.test(part.tagName)) part.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    event.preventDefault();
    help();
    return;
  }
  if (event.key.length !== 1) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    typed = "";
  }, WAIT);
  const keys = all();
  const sequence = typed ? `${typed} ${event.key}` : event.key;
  const part = keys.get(sequence) ?? keys.get(event.key);
  if (part) {
    event.preventDefault();
    typed = "";
    act(part);
    return;
  }
  typed = [...keys.keys()].some((key) => key.startsWith(`${event.key} `)) ? event.key : "";
});

for (const button of document.querySelectorAll("[data-keys-open]")) {
  button.hidden = false;
  button.addEventListener("click", help);
}
