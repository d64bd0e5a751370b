// Files are sent one by one as soon as they are chosen, each with its progress; the answer is the
// tile that says what the inspection found. Without this file the field goes with its form.

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

function tile(file) {
  const part = document.createElement("div");
  part.className = "xz-upload-tile xz-tone-lead";
  const words = document.createElement("div");
  words.className = "xz-upload-words";
  const name = document.createElement("div");
  name.className = "xz-upload-name";
  name.textContent = file.name;
  const facts = document.createElement("div");
  facts.className = "xz-upload-facts";
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `${file.name}的上传进度`);
  words.append(name, facts, bar);
  part.append(words);
  return { part, facts, bar, words };
}

function failed(shown, again) {
  shown.part.className = "xz-upload-tile xz-tone-alarm";
  shown.facts.textContent = "没有传成：网络中断或服务器没有应答";
  shown.bar.remove();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-plain";
  button.textContent = "重新上传";
  button.addEventListener("click", () => {
    shown.part.remove();
    again();
  });
  shown.part.append(button);
}

function place(shown, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const parts = [...holder.content.children];
  shown.part.replaceWith(...parts);
  for (const part of parts) window.htmx?.process(part);
}

function send(area, file) {
  const shown = tile(file);
  area.querySelector("[data-upload-list]").append(shown.part);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const again = () => send(area, file);
    request.open("POST", area.dataset.uploadUrl);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const percent = Math.floor((event.loaded / event.total) * 100);
      shown.bar.value = percent;
      shown.facts.textContent = percent < 100 ? `正在上传 ${percent}%` : "已传完，正在检查";
    });
    request.addEventListener("load", () => {
      if (request.status === 204 && request.getResponseHeader("HX-Redirect")) {
        window.location.assign(request.getResponseHeader("HX-Redirect"));
      } else if (request.status >= 500 || /^\s*<!doctype/i.test(request.responseText)) failed(shown, again);
      else place(shown, request.responseText);
      area.dispatchEvent(new CustomEvent("xz:uploaded", { bubbles: true }));
      done();
    });
    for (const name of ["error", "timeout", "abort"]) {
      request.addEventListener(name, () => {
        failed(shown, again);
        done();
      });
    }
    const body = new FormData();
    body.append(area.dataset.uploadName, file, file.name);
    request.send(body);
  });
}

async function sendAll(area, files) {
  const waiting = Number(area.dataset.uploadWaiting ?? 0);
  area.dataset.uploadWaiting = String(waiting + files.length);
  for (const file of files) {
    await send(area, file);
    area.dataset.uploadWaiting = String(Number(area.dataset.uploadWaiting) - 1);
  }
}

function prepare(area) {
  if (area.dataset.uploadReady) return;
  area.dataset.uploadReady = "yes";
  const input = area.querySelector('input[type="file"]');
  const drop = area.querySelector(".xz-upload-drop");
  area.querySelector("[data-upload-hint]").hidden = !window.matchMedia("(pointer: fine)").matches;
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = ""; // they are sent here; the form must not send them a second time
    sendAll(area, files);
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("xz-upload-over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("xz-upload-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("xz-upload-over");
    const files = [...event.dataTransfer.files];
    sendAll(area, input.multiple ? files : files.slice(0, 1));
  });
}

const prepareAll = () => document.querySelectorAll("[data-upload]").forEach(prepare);
document.addEventListener("htmx:load", prepareAll);
prepareAll();

// Leaving while a file is under way would lose it.
window.addEventListener("beforeunload", (event) => {
  const busy = [...document.querySelectorAll("[data-upload]")].some((area) => Number(area.dataset.uploadWaiting ?? 0) > 0);
  if (busy) event.preventDefault();
});
