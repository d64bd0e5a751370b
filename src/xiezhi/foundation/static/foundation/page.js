// What every page needs: the token on each request, readable failures, one submission at a time.

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const LONGEST = 20000;
const region = () => document.getElementById("alerts");

function showOffline() {
  const words = document.getElementById("xz-offline");
  const target = region();
  if (!words || !target) return;
  target.replaceChildren(words.content.cloneNode(true));
  reveal(target);
}

function reveal(target) {
  const first = target.firstElementChild;
  if (!first) return;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = meta("csrf-token");
});

// What is refused is shown in the alert region; what the person typed is never replaced.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === region()) reveal(region());
  else event.detail.target.querySelector?.("#error-summary")?.focus();
});
// A refusal stands until something succeeds; parts that refresh themselves do not wipe it away.
document.addEventListener("htmx:afterRequest", (event) => {
  const { successful, requestConfig } = event.detail;
  if (successful && requestConfig.verb !== "get") region()?.querySelector("[data-alert]")?.remove();
});
document.addEventListener("htmx:sendError", showOffline);
document.addEventListener("htmx:timeout", showOffline);
document.addEventListener("xz:offline", showOffline);

// A server that answers an htmx request with a whole page has answered something unforeseen.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, isError } = event.detail;
  if (isError && /^\s*<!doctype/i.test(xhr.responseText)) {
    event.detail.shouldSwap = false;
    showOffline();
  }
});

// One submission at a time. The button's name and value must still go with the form, so it is
// marked after the browser has read the form.
function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  if (form.dataset.sending === "yes") {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(release, LONGEST, form); // an answer that is a file leaves the page where it is
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));

// Menus close when one clicks elsewhere or presses Escape; on a narrow screen navigation folds.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".xz-menu[open], .xz-viewer-list[open]")) {
    if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".xz-menu[open], .xz-viewer-list[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
const narrow = window.matchMedia("(max-width: 60rem)");
const fold = () => {
  for (const part of document.querySelectorAll("[data-fold-narrow]")) part.open = !narrow.matches;
};
narrow.addEventListener("change", fold);
fold();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A form shown again with findings was the answer to a POST: going back to it later would make the
// browser ask whether to send everything once more. The address alone shows the same page.
const posts = (form) => form.method === "post" && new URL(form.action).pathname === location.pathname;
if ([...document.forms].some(posts)) history.replaceState(history.state, "", location.href);

document.getElementById("error-summary")?.focus();
