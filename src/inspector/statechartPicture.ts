import type { AnyStateMachine } from 'xstate';
import { chartOf } from './chart.js';
import { type Box, type Dot, layOutChart, type Line, type Point, TEXT } from './chartLayout.js';

const MARGIN = 10;
const CORNER = 8;

const STYLE = `
  text { font: ${TEXT.body}px ui-sans-serif, system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #40495c; }
  .name { font-size: ${TEXT.title}px; font-weight: 600; fill: #14213d; }
  .page { fill: #ffffff; }
  .box { fill: #ffffff; stroke: #6b7a99; stroke-width: 1.2; }
  .depth-0 { fill: #f5f7fb; } .depth-1 { fill: #eaeff8; } .depth-2 { fill: #dde6f4; }
  .leaf { fill: #ffffff; stroke: #41547d; }
  .inner { fill: none; stroke: #41547d; }
  .line { fill: none; stroke: #5a6b8f; stroke-width: 1.3; }
  .head, .dot { fill: #5a6b8f; }
  .label { fill: #2b4a8b; }
  .active > .box { fill: #ffe9a8; stroke: #b7791f; stroke-width: 2.2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #b6c0d4; } .name { fill: #f0f4fc; } .page { fill: #0d1117; }
    .box { stroke: #5b6b8c; } .depth-0 { fill: #121826; } .depth-1 { fill: #182133; } .depth-2 { fill: #1f2b42; }
    .leaf { fill: #0d1320; stroke: #8093bb; } .inner { stroke: #8093bb; }
    .line { stroke: #8fa0c4; } .head, .dot { fill: #8fa0c4; } .label { fill: #9cc2ff; }
    .active > .box { fill: #5c4410; stroke: #f0b429; }
  }
`;

const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

const round = (value: number) => String(Math.round(value * 10) / 10);

const texts = (lines: readonly string[], at: Point, kind?: string) =>
  lines
    .map((line, index) => {
      const y = round(at.y + index * TEXT.line);
      return `<text${kind ? ` class="${kind}"` : ''} x="${round(at.x)}" y="${y}">${escaped(line)}</text>`;
    })
    .join('');

function box({ x, y, width, height, depth, state, lines }: Box): string {
  const isLeaf = state.children.length === 0;
  const rect = (inset: number, kind: string) =>
    `<rect class="${kind}" x="${round(x + inset)}" y="${round(y + inset)}" width="${round(width - 2 * inset)}" height="${round(height - 2 * inset)}" rx="${CORNER - inset / 2}"/>`;
  return [
    `<g data-state="${escaped(state.id)}">`,
    rect(0, `box ${isLeaf ? 'leaf' : `depth-${depth}`}`),
    ...(state.isFinal ? [rect(3, 'inner')] : []),
    `<text class="name" x="${round(x + 11)}" y="${round(y + 10 + TEXT.title - 2)}">${escaped(state.name)}</text>`,
    texts(lines, { x: x + 11, y: y + 10 + TEXT.title + TEXT.line }),
    '</g>',
  ].join('');
}

/** A path through the points whose corners are rounded. */
function path(points: readonly Point[]): string {
  const towards = (from: Point, to: Point) => {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const part = length === 0 ? 0 : Math.min(6, length / 2) / length;
    return `${round(from.x + (to.x - from.x) * part)} ${round(from.y + (to.y - from.y) * part)}`;
  };
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (before === undefined) return `M${round(point.x)} ${round(point.y)}`;
      if (after === undefined) return `L${round(point.x)} ${round(point.y)}`;
      return `L${towards(point, before)}Q${round(point.x)} ${round(point.y)} ${towards(point, after)}`;
    })
    .join('');
}

const line = ({ points }: Line) => `<path class="line" marker-end="url(#arrowhead)" d="${path(points)}"/>`;

const labels = (line: Line) =>
  line.labels.map(({ x, y, lines }) => texts(lines, { x, y: y + TEXT.body }, 'label')).join('');

const dot = ({ x, y, radius }: Dot) =>
  `<circle class="dot" cx="${round(x)}" cy="${round(y)}" r="${radius}"/>`;

/**
 * A machine as a picture: an SVG document without scripts or fonts of its own, in light or dark as the reader
 * has it. States are nested boxes, each in a `<g data-state="task.active.greeting">` that a live page lights by
 * giving it the class `active`; words in quotation marks are a caller's intents. The same machine gives the same
 * bytes.
 *
 * Needs elkjs, a development dependency; rejects with an error that says so when it is missing.
 */
export async function statechartPicture(machine: AnyStateMachine): Promise<string> {
  const { width, height, boxes, dots, lines } = await layOutChart(chartOf(machine));
  const [w, h] = [Math.ceil(width + 2 * MARGIN), Math.ceil(height + 2 * MARGIN)];
  const outer = boxes.filter(({ state }) => state.children.length > 0);
  const inner = boxes.filter(({ state }) => state.children.length === 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-MARGIN} ${-MARGIN} ${w} ${h}" width="${w}" height="${h}" role="img">`,
    `<title>The statechart of ${escaped(machine.id)}</title>`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="arrowhead" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>',
    `<rect class="page" x="${-MARGIN}" y="${-MARGIN}" width="${w}" height="${h}" rx="${CORNER}"/>`,
    ...outer.map(box),
    ...lines.map(line),
    ...inner.map(box),
    ...dots.map(dot),
    ...lines.map(labels).filter((text) => text !== ''),
    '</svg>',
    '',
  ].join('\n');
}
