/** 页面文案：数字背后的原因（简体中文）。 */

import type { WhyMessages } from "../en/why.ts";

const number = new Intl.NumberFormat("zh-CN").format;
const images = (n: number): string => `${number(n)} 个镜像`;
const time = new Intl.DateTimeFormat("zh-CN", { dateStyle: "medium", timeStyle: "short" });

export const whyZhCN: WhyMessages = {
  showBehind: (label, n) => `${number(n)}：查看这些镜像（${label}）`,
  show: "查看",
  showLeftOut: "查看由哪个字段排除",
  leftOutByFilter: (n) => `镜像清单中有 ${images(n)}被筛选条件排除。`,

  byField: {
    tab: "按字段",
    field: "字段",
    rank: "排序",
    ranks: { quota: "授权数", images: "镜像数" },
    failed: "无法统计各个取值",
    each: "当前筛选条件下，每个取值单独计算的结果。选择一个取值即可按其筛选。",
    eachOthers: (field) =>
      `每个取值单独计算：其他字段的筛选条件仍然有效，${field}的筛选条件在此不计。选择取值可将其加入或移出筛选条件。`,
    table: (field) => `${field}的取值`,
    none: "没有镜像在该字段有值。",
    absent: "无取值",
    cannotBeAskedFor: "含有逗号或首尾空格，无法作为筛选条件",
    add: "按此值筛选",
    remove: "从筛选条件中移除此值",
    andMore: (n) => `另有 ${number(n)} 个取值`,
    showMore: (n) => `再显示 ${number(n)} 个`,
    chosenUntold: (n) => `筛选条件中还有 ${number(n)} 个值未在此列出。`,
    among: (n) => `在镜像数最多的 ${number(n)} 个取值中选出。`,
    sum: (sum, together, field) =>
      `各取值的授权数相加为 ${number(sum)}，一次扫描全部只消耗 ${number(together)}：同一摘要即使对应多个${field}，也只计费一次。`,
    sumAtLeast: (sum, together, field) =>
      `全部取值的授权数相加至少为 ${number(sum)}，一次扫描全部只消耗 ${number(together)}：同一摘要即使对应多个${field}，也只计费一次。`,
  },

  leftOut: {
    heading: (n) => `被筛选条件排除：${images(n)}`,
    only: (field, n, quota) =>
      `${field}：去掉这一项筛选条件，将多覆盖 ${images(n)}，多消耗 ${number(quota)} 个授权数。`,
    showValues: "查看取值",
    showValuesOf: (field) => `查看取值：${field}`,
  },

  images: {
    tab: "镜像明细",
    which: "查看哪些镜像",
    selected: {
      covered: "全部覆盖的镜像",
      quota: "消耗授权数",
      sameDigest: "摘要相同",
      alreadyCharged: "已计费",
      unknownDigest: "没有摘要",
      notScannable: "不支持扫描",
    },
    selections: (name, n) => `${name}（${number(n)} 个）`,
    failed: "无法列出镜像",
    outside: "不在筛选条件覆盖的范围内，因此不在此列表中。",
    range: (first, last, total) => `第 ${number(first)} 至 ${number(last)} 个镜像，共 ${number(total)} 个`,
    pages: "镜像列表分页",
    onPage: images,
    empty: "没有镜像",
    columns: {
      row: "序号",
      image: "镜像",
      verdict: "消耗",
      reason: "原因",
      scanned: "计费的扫描时间",
    },
    none: "无取值",
    copyDigest: (digest) => `复制摘要 ${digest}`,
    copied: "已复制",
    notCopied: "浏览器不允许复制",
    verdicts: { consumes: "1 个授权数", free: "不消耗", notCovered: "不扫描" },
    because: {
      chargedNow: "该摘要在此计数",
      sameDigest: "摘要相同",
      alreadyCharged: "已计费",
      unknownDigest: "没有摘要，单独计数",
      notScannable: "不支持扫描",
      sameAs: ["与 ", " 摘要相同"],
      said: "镜像清单标明已计费",
      scanned: (at) => `已计费：${at} 扫描过`,
      by: ["（由 ", " 的扫描计费）"],
    },
    time: (at) => time.format(at),
    export: "导出",
    exportAs: (format) => `将这些镜像导出为 ${format}`,
  },

  exports: {
    label: "导出镜像明细",
    writing: "正在写入文件",
    progress: (done, total) => `已写入 ${number(done)} 个，共 ${images(total)}`,
    done: (n) => `已导出 ${images(n)}`,
    failed: "无法导出镜像明细",
    save: (name) => `保存 ${name}`,
  },
};
