// The chart beside the table of indices; without scripts the table says the same.
"use strict";

const outageTold = document.getElementById("outage-charts");
const outageCharts = outageTold && window.echarts ? JSON.parse(outageTold.textContent) : {};
const outageStyle = getComputedStyle(document.documentElement);
const tint = (name) => outageStyle.getPropertyValue(name).trim();

function outageOptions(chart) {
  const size = parseFloat(outageStyle.fontSize) * 0.875;
  const text = { color: tint("--ink"), fontSize: size };
  return {
    animation: false,
    textStyle: { fontFamily: tint("--font") },
    aria: { enabled: true, label: { description: chart.said } },
    title: { text: chart.title, left: 0, top: 0, textStyle: { ...text, fontWeight: 600 } },
    grid: { left: 4, right: 48, top: 36, bottom: 4, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
    xAxis: {
      type: "value", axisLabel: { ...text, color: tint("--ink-soft") },
      splitLine: { lineStyle: { color: tint("--line") } },
    },
    yAxis: {
      type: "category", inverse: true, data: chart.lines.map((line) => line.label),
      axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: tint("--line-strong") } },
    },
    series: [{
      name: chart.unit, type: "bar", barMaxWidth: size * 1.3, cursor: "pointer",
      itemStyle: { color: tint("--brand") }, label: { show: true, position: "right", ...text },
      data: chart.lines.map((line) => line.value),
    }],
  };
}

function drawOutages(place) {
  const chart = outageCharts[place.dataset.outageChart];
  if (!chart || !chart.lines.length) return;
  place.hidden = false;
  const height = Math.round(60 + chart.lines.length * parseFloat(outageStyle.fontSize) * 2);
  const drawn = window.echarts.init(place, null, { renderer: "svg", locale: document.documentElement.lang.slice(0, 2).toUpperCase(), height });
  drawn.setOption(outageOptions(chart));
  drawn.on("click", (event) => { window.location.href = chart.lines[event.dataIndex].href; });
  new ResizeObserver(() => drawn.resize({ height })).observe(place);
}

document.querySelectorAll("[data-outage-chart]").forEach(drawOutages);
