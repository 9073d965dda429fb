/** 后续操作的文案（简体中文）。 */

import type { nextEn } from "../en/next.ts";

const number = new Intl.NumberFormat("zh-CN").format;
const percent = new Intl.NumberFormat("zh-CN", { style: "percent", maximumFractionDigits: 1 }).format;

export const nextZhCN: typeof nextEn = {
  copy: "复制",
  copied: "已复制",
  notCopied: "浏览器不允许复制",

  request: {
    tab: "请求",
    lead: "与当前筛选条件等价的云安全中心请求。本页面不会发送任何内容，请复制到保存访问密钥的环境中执行。",
    operation: "用途",
    operations: { precheck: "预检查", submit: "提交扫描" },
    form: "形式",
    forms: { command: "命令", parameters: "SDK 参数", query: "查询串" },
    about: {
      command: "适用于 POSIX shell 中的阿里云 CLI",
      parameters: "使用接口原始名称的参数，可直接传给 SDK",
      query: "除签名外的调用参数，已按百分号编码",
    },
    submits: "此请求会启动扫描并消耗授权数。",
    tooLong: (parameters) => `长度超过多数系统的限制。请选择“${parameters}”，或分多次提交。`,
  },

  plan: {
    tab: "按授权数安排",
    lead: "在剩余授权数之内，从这些镜像中选出尽可能多的镜像，并给出可直接提交的请求。",
    remainingNeeded: "在页面顶部填写剩余授权数后，这里会给出安排。",
    by: "按整体选择",
    images: "单个镜像",
    failed: "无法给出安排",
    covers: "覆盖的镜像数",
    consumes: "待消耗的授权数",
    leftOut: "留待以后的镜像数",
    ofAll: (n, all) => `${number(n)}（共 ${number(all)}）`,
    ofRemaining: (quota, remaining) => `${number(quota)}（剩余 ${number(remaining)}）`,
    everything: "全部镜像都在剩余授权数之内，无需取舍。",
    nothing: "任何一项都超出剩余授权数。",
    best: "这是最优选择：在剩余授权数之内，没有其他选择能覆盖更多镜像。",
    atMost: (most, guarantee) =>
      `任何选择最多覆盖 ${number(most)} 个镜像；当前选择至少达到最优选择的 ${percent(guarantee)}。`,
    inOrder: "按所要求的顺序选取。",
    withoutValue: (n) => `有 ${number(n)} 个镜像没有该字段的值，按此字段的安排无法覆盖它们。`,
    incomplete: "镜像清单不完整，请求实际覆盖和消耗的可能更多。",
    request: (nth, n, quota) => `请求 ${number(nth)}：${number(n)} 个镜像，消耗 ${number(quota)}`,
    use: "用作筛选条件",
    moreRequests: (n) => `另有 ${number(n)} 个请求，命令行可列出全部。`,
  },
};
