// The charts beside the tables; without scripts the tables say the same.
"use strict";

const told = document.getElementById("board-charts");
const charts = told && window.echarts ? JSON.parse(told.textContent) : {};
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();

// Late bars differ by pattern too: colour never stands alone.
const hatched = (rotation) => ({
  color: "rgba(255, 255, 255, .65)", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation,
});
const SERIES = [
  { key: "met", colour: "--brand" },
  { key: "missed", colour: "--overdue", decal: hatched(Math.PI / 4) },
  { key: "overdue", colour: "--today", decal: hatched(-Math.PI / 4) },
];

function options(chart) {
  const size = parseFloat(style.fontSize) * 0.875;
  const text = { color: colour("--ink"), fontSize: size };
  return {
    animation: false,
    textStyle: { fontFamily: colour("--font") },
    aria: { enabled: true, label: { description: chart.said } },
    grid: { left: 4, right: 16, top: 40, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, selectedMode: false, textStyle: text },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
    xAxis: {
      type: "value", minInterval: 1, axisLabel: { ...text, color: colour("--ink-soft") },
      splitLine: { lineStyle: { color: colour("--line") } },
    },
    yAxis: {
      type: "category", inverse: true, data: chart.lines.map((line) => line.label),
      axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--line-strong") } },
    },
    series: SERIES.map((each) => ({
      name: chart.names[each.key], type: "bar", stack: "all", barMaxWidth: size * 1.3, cursor: "pointer",
      itemStyle: { color: colour(each.colour), decal: each.decal },
      data: chart.lines.map((line) => line[each.key]),
    })),
  };
}

function draw(place) {
  const chart = charts[place.dataset.chart];
  if (!chart || !chart.lines.length) return;
  place.hidden = false;
  const line = parseFloat(style.fontSize) * 2;
  const height = Math.round(70 + chart.lines.length * line);
  const drawn = window.echarts.init(place, null, { renderer: "svg", locale: document.documentElement.lang.slice(0, 2).toUpperCase(), height });
  drawn.setOption(options(chart));
  drawn.on("click", (event) => { window.location.href = chart.lines[event.dataIndex].href; });
  new ResizeObserver(() => drawn.resize({ height })).observe(place);
}

document.querySelectorAll("[data-chart]").forEach(draw);
