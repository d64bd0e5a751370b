// Files go up as soon as they are chosen: the button that sends them otherwise is not needed.
for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;

// Once a file of a category has been taken, what said that it was missing goes away.
document.addEventListener("xz:uploaded", (event) => {
  const area = event.target;
  if (!area.querySelector(".xz-upload-list .xz-tone-done")) return;
  area.classList.remove("xz-field-wrong");
  area.querySelector(".xz-error")?.remove();
  const id = area.querySelector('input[type="file"]')?.id;
  const summary = document.querySelector("#error-summary");
  summary?.querySelector(`a[href="#${id}"]`)?.closest("li")?.remove();
  if (summary && !summary.querySelector("li")) summary.remove();
});
