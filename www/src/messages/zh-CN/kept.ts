/** 保存在浏览器中的镜像清单的文案（简体中文）。 */

import type { Messages } from "../en.ts";

const number = new Intl.NumberFormat("zh-CN").format;
const day = new Intl.DateTimeFormat("zh-CN", { dateStyle: "medium" }).format;
const kilobytes = new Intl.NumberFormat("en-US", {
  style: "unit",
  unit: "kilobyte",
  maximumFractionDigits: 0,
});
const megabytes = new Intl.NumberFormat("en-US", {
  style: "unit",
  unit: "megabyte",
  maximumFractionDigits: 1,
});
const size = (bytes: number): string =>
  bytes < 1e6 ? kilobytes.format(Math.ceil(bytes / 1e3)) : megabytes.format(bytes / 1e6);

export const keptZhCN: Messages["kept"] = {
  heading: "保存在本浏览器中的镜像清单",
  keep: "保存到本浏览器",
  forgetThis: "从本浏览器中删除",
  isKept: (bytes) => `已保存到本浏览器，占用 ${size(bytes)}`,
  isForgotten: "已删除保存的副本；关闭页面前仍可继续使用。",
  facts: (n, date, bytes) => `${number(n)} 个镜像 · ${day(date)} · 占用 ${size(bytes)}`,
  cycle: (start) => `计费周期始于 ${day(start)}`,
  forget: (name) => `删除 ${name}`,
  forgetAll: "全部删除",
  none: "已没有保存的镜像清单。",
  failed: "无法更改浏览器的存储内容，已打开的镜像清单不受影响。",
};
