// What the buttons and the keys of a viewer do; the keys are those of the list that "?" opens.

const STEP = 40;
const LITTLE = 0.05;

export function deedsOf(viewer) {
  return {
    in: () => viewer.zoom(1.25),
    out: () => viewer.zoom(0.8),
    fit: () => viewer.reset(),
    invert: () => {
      viewer.inverted = !viewer.inverted;
      viewer.draw();
    },
    marks: () => {
      viewer.marked = !viewer.marked;
      viewer.draw();
    },
    forget: () => viewer.forget(),
  };
}

export function keysOf(viewer) {
  const deeds = deedsOf(viewer);
  // A tool that has no button here is none: nothing is drawn on the images of another study.
  const tool = (name) => () => viewer.root.querySelector(`button[data-tool="${name}"]`) && viewer.choose(name);
  const arrow = (x, y) => (event) =>
    event.shiftKey ? viewer.level(-x * LITTLE, -y * LITTLE) : viewer.pan(x * STEP, y * STEP);
  return {
    "+": deeds.in,
    "=": deeds.in,
    "-": deeds.out,
    0: deeds.fit,
    i: deeds.invert,
    o: deeds.marks,
    l: tool("window"),
    p: tool("pan"),
    m: tool("measure"),
    d: tool("draw"),
    Delete: deeds.forget,
    "[": () => viewer.turn(-1),
    "]": () => viewer.turn(1),
    PageUp: () => viewer.go(-1),
    PageDown: () => viewer.go(1),
    ArrowLeft: arrow(1, 0),
    ArrowRight: arrow(-1, 0),
    ArrowUp: arrow(0, 1),
    ArrowDown: arrow(0, -1),
  };
}
