// The hours page. Drags the edges of shifts on the grid in steps of 15 minutes: meanwhile only a shape moves, and the server decides on
// release. Undo and redo by key, wherever the focus is, but neither while someone types nor under a dialog.
const STEP = 15;
const DAY = 1440;

const begin = (handle, down) => {
  const picture = handle.closest(".column");
  const svg = picture.querySelector("svg");
  const first = Number(picture.dataset.first);
  const span = Number(picture.dataset.span);
  const start = Number(handle.dataset.start);
  const end = Number(handle.dataset.end);
  const moves = handle.dataset.edge;
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const words = document.createElementNS("http://www.w3.org/2000/svg", "text");
  let minute = moves === "START" ? start : end;
  const clock = (at) => `${String(Math.floor((at % DAY) / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
  const draw = () => {
    const from = moves === "START" ? minute : start;
    const to = moves === "END" ? minute : end;
    shape.setAttribute("y", `${((from - first) / span) * 100}%`);
    shape.setAttribute("height", `${(Math.max(0, to - from) / span) * 100}%`);
    words.setAttribute("y", `${((minute - first) / span) * 100}%`);
    words.setAttribute("dy", moves === "START" ? 22 : -12);
    words.textContent = clock(minute);
  };
  const move = (event) => {
    const box = picture.getBoundingClientRect();
    const at = first + ((event.clientY - box.top) / box.height) * span;
    minute = Math.min(first + span, Math.max(first, Math.round(at / STEP) * STEP));
    draw();
  };
  const finish = (event) => {
    picture.removeEventListener("pointermove", move);
    picture.removeEventListener("pointerup", finish);
    picture.removeEventListener("pointercancel", finish);
    shape.remove();
    words.remove();
    const moved = minute !== (moves === "START" ? start : end);
    if (event.type === "pointerup" && moved) {
      // The click that follows a release asks nothing.
      const swallow = (click) => click.stopImmediatePropagation();
      picture.addEventListener("click", swallow, { capture: true });
      setTimeout(() => picture.removeEventListener("click", swallow, { capture: true }), 0);
      picture.closest(".zg-week-grid").dispatchEvent(
        new CustomEvent("zg-drag", {
          detail: {
            day: picture.closest(".zg-week-column").dataset.day,
            shift: Number(handle.dataset.shift),
            edge: moves,
            minute,
          },
        }),
      );
    }
  };
  shape.setAttribute("class", "dragged");
  shape.setAttribute("width", "100%");
  shape.setAttribute("rx", "8");
  words.setAttribute("class", "dragged-words");
  words.setAttribute("x", "50%");
  words.setAttribute("text-anchor", "middle");
  svg.append(shape, words);
  draw();
  picture.setPointerCapture(down.pointerId);
  picture.addEventListener("pointermove", move);
  picture.addEventListener("pointerup", finish);
  picture.addEventListener("pointercancel", finish);
  down.preventDefault();
};

document.addEventListener("pointerdown", (event) => {
  const handle = event.button === 0 && event.target.closest?.(".zg-week-column .handle");
  if (handle) begin(handle, event);
});

document.addEventListener("keydown", (event) => {
  const key = event.key?.toLowerCase();
  const step = (event.ctrlKey || event.metaKey) && !event.altKey && (key === "z" || key === "y");
  const page = step && document.querySelector(".zg-hours");
  if (!page || event.composedPath()[0].closest?.("input, textarea") || document.querySelector("vaadin-dialog[opened]")) return;
  event.preventDefault();
  page.dispatchEvent(new CustomEvent("zg-step", { detail: { again: key === "y" || event.shiftKey } }));
});
