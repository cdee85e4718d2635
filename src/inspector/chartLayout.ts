import type { ELK, ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs';
import type { Chart, ChartArrow, ChartState } from './chart.js';
import { textWidth } from './textWidth.js';
import { wrapText } from './wrapText.js';

/** Sizes of the text that boxes and arrows carry, in pixels. */
export const TEXT = { title: 14, body: 11.5, line: 15 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A state's box. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly state: ChartState;
  /** The notes, wrapped to the box. */
  readonly lines: readonly string[];
}

/** The dot from which a state's first child is entered. */
export interface Dot extends Point {
  readonly radius: number;
}

export interface Line {
  readonly points: readonly Point[];
  readonly labels: readonly (Point & { readonly lines: readonly string[] })[];
}

/** Where everything of a chart goes; coordinates are absolute, from the top left. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  /** Outer boxes before the ones in them. */
  readonly boxes: readonly Box[];
  readonly dots: readonly Dot[];
  readonly lines: readonly Line[];
}

const PADDING = 11;
const DOT = 5;
const LEAF_TEXT = 128;
const OUTER_TEXT = 230;
const LABEL_TEXT = 88;
const OUTER_LABEL_TEXT = 180;
const GAP = 16;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  // The chart is to be read on a page: narrow layers, and the way of a call from its top to its bottom.
  'elk.layered.layering.strategy': 'MIN_WIDTH',
  'elk.layered.layering.minWidth.upperBoundOnWidth': '6',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.spacing.nodeNodeBetweenLayers': '26',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
  'elk.spacing.nodeNode': '14',
  // Ties are broken by chance: of the seeds tried, this one draws the dialogue without a line through its words.
  'elk.randomSeed': '7',
  'elk.spacing.edgeNode': '10',
  'elk.spacing.edgeEdge': '8',
  'elk.spacing.edgeLabel': '3',
};

/** elkjs is needed only where pictures are made, so it is no dependency of a desk that answers the phone. */
async function loadElk(): Promise<ELK> {
  try {
    const { default: Elk } = await import('elkjs');
    return new Elk.default();
  } catch (cause) {
    throw new Error('drawing a statechart needs elkjs: install it with `npm install --save-dev elkjs`', {
      cause,
    });
  }
}

const headerHeight = (lines: readonly string[]) => PADDING + TEXT.title + lines.length * TEXT.line + 6;

const linesOf = ({ notes }: ChartState, width: number) =>
  notes.flatMap((note) => wrapText(note, width, TEXT.body));

const widestOf = (lines: readonly string[]) =>
  lines.reduce((widest, line) => Math.max(widest, textWidth(line, TEXT.body)), 0);

/** How wide the notes of a state may be. */
type Room = (state: ChartState) => number;

function elkNode(state: ChartState, room: Room, options: LayoutOptions): ElkNode {
  const lines = linesOf(state, room(state));
  const width = Math.max(widestOf(lines), textWidth(state.name, TEXT.title) + 6) + 2 * PADDING;
  const height = headerHeight(lines) + PADDING - 4;
  if (state.children.length === 0) return { id: state.id, width, height };
  const padding = `[top=${headerHeight(lines) + 8},left=${PADDING},bottom=${PADDING},right=${PADDING}]`;
  return {
    id: state.id,
    layoutOptions: {
      ...options,
      'elk.padding': padding,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${width},${height})`,
    },
    children: [
      ...(state.initial === undefined
        ? []
        : [{ id: `${state.id}#initial`, width: 2 * DOT, height: 2 * DOT }]),
      ...state.children.map((child) => elkNode(child, room, options)),
    ],
  };
}

function statesOf(state: ChartState): ChartState[] {
  return [state, ...state.children.flatMap(statesOf)];
}

/** A label in lines; one that is too long is broken before its guard first. Outermost there is room for more. */
function labelLines(label: string, from: string): string[] {
  const room = from.split('.').length > 2 ? LABEL_TEXT : OUTER_LABEL_TEXT;
  if (textWidth(label, TEXT.body) <= room) return [label];
  return label.split(/ (?=\[)/).flatMap((part) => wrapText(part, room, TEXT.body));
}

function elkEdges(region: ChartState, arrows: readonly ChartArrow[]): ElkExtendedEdge[] {
  const initials = statesOf(region).flatMap(({ id, initial }): ElkExtendedEdge[] =>
    initial === undefined ? [] : [{ id: `${id}#enter`, sources: [`${id}#initial`], targets: [initial] }],
  );
  const ids = new Set(statesOf(region).map(({ id }) => id));
  const within = arrows.filter(({ from }) => ids.has(from));
  return [
    ...initials,
    ...within.map(({ from, to, labels }) => {
      const lines = labels.flatMap((label) => labelLines(label, from));
      const size = { width: widestOf(lines), height: lines.length * TEXT.line };
      return {
        id: `${from}→${to}`,
        sources: [from],
        targets: [to],
        labels: lines.length === 0 ? [] : [{ text: lines.join('\n'), ...size }],
      };
    }),
  ];
}

const placed = ({ x = 0, y = 0, width = 0, height = 0 }: ElkNode) => ({ x, y, width, height });

function nodesById(node: ElkNode): [string, ElkNode][] {
  return [[node.id, node], ...(node.children ?? []).flatMap(nodesById)];
}

async function layOutRegion(
  elk: ELK,
  region: ChartState,
  arrows: readonly ChartArrow[],
): Promise<ChartLayout> {
  // A chart reads downwards; a region without depth is a strip across it.
  const isNested = region.children.some(({ children }) => children.length > 0);
  const options = { ...OPTIONS, 'elk.direction': isNested ? 'DOWN' : 'RIGHT' };
  const layOut = (room: Room) =>
    elk.layout({
      id: '#root',
      layoutOptions: options,
      children: [elkNode(region, room, options)],
      edges: elkEdges(region, arrows),
    });
  // Outer boxes are as wide as what is in them: their notes are wrapped to the width of a first attempt.
  const narrow = ({ children }: ChartState) => (children.length === 0 ? LEAF_TEXT : OUTER_TEXT);
  const first = new Map(nodesById(await layOut(narrow)));
  const room = (state: ChartState) =>
    state.children.length === 0
      ? LEAF_TEXT
      : Math.max(OUTER_TEXT, (first.get(state.id)?.width ?? 0) - 2 * PADDING);
  const root = await layOut(room);
  const nodes = new Map(nodesById(root));

  const boxes = (state: ChartState, depth: number): Box[] => [
    { ...placed(nodes.get(state.id) ?? root), state, depth, lines: linesOf(state, room(state)) },
    ...state.children.flatMap((child) => boxes(child, depth + 1)),
  ];
  return {
    ...placed(root),
    boxes: boxes(region, 0),
    dots: [...nodes].flatMap(([id, node]) =>
      id.endsWith('#initial') ? [{ x: (node.x ?? 0) + DOT, y: (node.y ?? 0) + DOT, radius: DOT }] : [],
    ),
    lines: root.edges.map(({ sections = [], labels = [] }) => ({
      points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
        startPoint,
        ...bendPoints,
        endPoint,
      ]),
      labels: labels.map(({ x = 0, y = 0, text = '' }) => ({ x, y, lines: text.split('\n') })),
    })),
  };
}

const moved = <T extends Point>(item: T, y: number): T => ({ ...item, y: item.y + y });

/** Lays a chart out, its regions under each other. The same chart always comes out the same. */
export async function layOutChart({ states, arrows }: Chart): Promise<ChartLayout> {
  const elk = await loadElk();
  let layout: ChartLayout = { width: 0, height: 0, boxes: [], dots: [], lines: [] };
  for (const state of states) {
    const region = await layOutRegion(elk, state, arrows);
    const y = layout.height === 0 ? 0 : layout.height + GAP;
    layout = {
      width: Math.max(layout.width, region.width),
      height: y + region.height,
      boxes: [...layout.boxes, ...region.boxes.map((box) => moved(box, y))],
      dots: [...layout.dots, ...region.dots.map((dot) => moved(dot, y))],
      lines: [
        ...layout.lines,
        ...region.lines.map(({ points, labels }) => ({
          points: points.map((point) => moved(point, y)),
          labels: labels.map((label) => moved(label, y)),
        })),
      ],
    };
  }
  const { width } = layout;
  return {
    ...layout,
    boxes: layout.boxes.map((box) => (box.depth === 0 ? { ...box, width: width - 2 * box.x } : box)),
  };
}
