// Says aloud how a reading goes: at the start, at each quarter and at the end, not on each tick.

import { announce } from "../common/house.js";

let quarter = -1;
let step = "";

function tell() {
  const line = document.querySelector("[data-progress]");
  const bar = document.querySelector("#job progress");
  if (!line || !bar) return;
  const words = line.dataset.progress;
  const now = bar.hasAttribute("value") ? Math.floor((4 * bar.value) / Math.max(bar.max, 1)) : -1;
  const name = words.split(":")[0];
  if (now === quarter && name === step) return;
  [quarter, step] = [now, name];
  announce(words);
}

document.addEventListener("htmx:afterSwap", tell);
tell();
