/** 后续操作的文案（简体中文）。 */

import type { nextEn } from "../en/next.ts";

const number = new Intl.NumberFormat("zh-CN").format;
const day = new Intl.DateTimeFormat("zh-CN", { dateStyle: "medium", timeStyle: "short" }).format;
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

  check: {
    tab: "与服务核对",
    lead: "官方未说明的规则在这里只能假定。粘贴服务对同一筛选条件的真实返回结果：若数字不同，将查找能得出这些数字的规则。",
    reply: "PublicPreCheckImageScanTask 的返回结果",
    where: "原样粘贴即可，是否经 SDK 包装均可。内容只留在本浏览器。",
    wrong: {
      json: "JSON 不完整。请从第一个花括号粘贴到最后一个。",
      tooLong: "内容过长，不是这样的返回结果。请只粘贴返回结果。",
    },
    notAReply: "其中没有找到这两个数字",
    here: "本页面的结果",
    service: "服务的结果",
    counts: (n, quota) => `${number(n)} 个镜像，授权数 ${number(quota)}`,
    equal: "服务给出的数字相同。",
    explained: "服务给出的数字不同。以下规则可以得出这些数字，改动最小的在前：",
    unexplained: "服务给出的数字不同，已知规则都无法得出这些数字。",
    reproduces: "（两个数字均与返回结果一致）",
    remains: "（若没有规则可以解释，则只剩这种可能）",
    countBy: {
      digest: "每个摘要计费一次，无论存放在何处。",
      repositoryDigest: "每个摘要在每个仓库中计费一次。",
      repositoryTag: "每个仓库的每个标签都计费。",
      image: "每个镜像单独计费。",
    },
    changes: {
      swapped: "两个数字的位置互换。",
      noCycleStart: "不按扫描时间判断是否已计费。",
      nothingCharged: "没有任何镜像视为已计费。",
      notScannableCounted: "无法扫描的镜像也计算在内。",
    },
    cycleStart: (after, upTo) =>
      `计费周期的开始时间${after === null ? "" : `晚于 ${day(after)}`}${upTo === null ? "" : `${after === null ? "" : "，"}不晚于 ${day(upTo)}`}。`,
    otherInventory: (by) => `服务所知的镜像比清单${by > 0 ? "多" : "少"} ${number(Math.abs(by))} 个。`,
    otherCharges: (by) => `服务计费的授权数比这里所知的${by > 0 ? "多" : "少"} ${number(Math.abs(by))}。`,
  },
};
