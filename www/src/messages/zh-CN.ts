/** 页面文案（简体中文）。 */

import type { Messages } from "./en.ts";
import { changeZhCN } from "./zh-CN/change.ts";
import { keptZhCN } from "./zh-CN/kept.ts";
import { linkZhCN } from "./zh-CN/link.ts";
import { nextZhCN } from "./zh-CN/next.ts";
import { offlineZhCN } from "./zh-CN/offline.ts";
import { whyZhCN } from "./zh-CN/why.ts";

const number = new Intl.NumberFormat("zh-CN").format;
const images = (n: number): string => `${number(n)} 个镜像`;

export const zhCN: Messages = {
  number,

  title: "镜像扫描预检查",
  tagline: "提交扫描之前，先算清要消耗多少授权数",

  preferences: {
    language: "语言",
    system: "跟随系统",
    light: "浅色",
    dark: "深色",
    themeIs: (name) => `主题：${name}`,
  },

  welcome: {
    heading: "剩余授权数够不够这次扫描？",
    lead: "打开您的镜像清单。输入筛选条件的同时，页面会算出扫描覆盖多少镜像、消耗多少授权数。",
    choose: "选择文件",
    sample: "试用示例",
    orDrop: "也可以将文件拖放到页面任意位置，或直接粘贴",
    stays: "文件只在本浏览器中读取，不会发送到任何地方。",
    understoodHeading: "支持的文件",
    understood: [
      "云安全中心 DescribeImageInstances 的返回结果：一页或多页，依次拼接或放在数组中均可",
      "字段相同的 JSON 记录，例如 PublicSyncAndCreateImageScanTask 的镜像记录",
      "首行为字段名的 CSV 或 TSV",
    ],
  },

  drop: { invite: "松开鼠标，作为镜像清单打开" },

  answer: {
    heading: "预估结果",
    images: "覆盖的镜像数",
    quota: "待消耗的授权数",
    remaining: "剩余授权数",
    remainingHelp:
      "已购授权数中尚未使用的部分，即 DescribeImageScanAuthCount 返回结果中的 ImageScanCapacity − ScanCount。也可以直接粘贴整个返回结果。",
    remainingHelpLabel: "在哪里查看剩余授权数",
    remainingInvalid: "请输入不小于 0 的整数",
    remainingPasted: (capacity, scanned) =>
      `由返回结果算出：已购 ${number(capacity)} − 已用 ${number(scanned)}`,
    verdict: "是否够用",
    atLeast: "至少",
    about: "约",
    updating: "正在计算…",
  },

  verdict: {
    unknown: "填写剩余授权数，即可判断是否够用",
    nothing: "没有可扫描的镜像：筛选条件未匹配到任何镜像",
    fits: (spare) => `够用，还剩 ${number(spare)}`,
    fitsExactly: "刚好够用，没有剩余",
    short: (shortfall) => `还差 ${number(shortfall)}`,
    buy: (purchase) => `需购买 ${number(purchase)}`,
    steps: "授权数以 20 为单位出售。",
    caution: "镜像清单不完整，实际消耗可能更多。",
    spoken: (n, quota) => `${images(n)}，待消耗授权数 ${number(quota)}`,
    spokenFits: (counts, spare) => `${counts}，还剩 ${number(spare)}`,
    spokenShort: (counts, shortfall) => `${counts}，还差 ${number(shortfall)}`,
  },

  change: changeZhCN,
  next: nextZhCN,
  kept: keptZhCN,
  link: linkZhCN,
  offline: offlineZhCN,

  filter: {
    heading: "筛选条件",
    description: "不设筛选条件时，扫描覆盖全部镜像。",
    placeholder: "输入字段或取值",
    label: "筛选镜像",
    rule: "同一字段的多个值：满足任意一个；不同字段：须同时满足。",
    clear: "清除筛选条件",
    values: (field) => `${field}的取值`,
    adds: (n, quota) => `+${images(n)}，+${number(quota)} 授权数`,
    selected: "已在筛选条件中",
    use: (text) => `使用：${text}`,
    chooseField: (text) => `“${text}”属于哪个字段？`,
    fieldless: (text, example) => `“${text}”没有指明字段，未添加。请先输入字段，例如 ${example}。`,
    none: "没有取值包含这段文字",
    loading: "正在查找取值",
    failed: "取值查找失败。",
    retry: "重试",
    narrow: (shown, total) => `共 ${number(total)} 个取值，显示前 ${number(shown)} 个；继续输入可缩小范围`,
    matched: images,
  },

  fields: {
    registryTypes: "仓库类型",
    regionIds: "地域",
    instanceIds: "实例",
    repoNamespaces: "命名空间",
    repoNames: "仓库名称",
    repoIds: "仓库 ID",
    tags: "镜像版本",
    digests: "镜像摘要",
  },

  reasons: {
    heading: "为什么是这个数",
    sum: (n) => `${images(n)}如何折算为授权数`,
    quota: "消耗授权数",
    quotaHelp: "每个消耗 1 个授权数",
    duplicates: "摘要相同",
    duplicatesHelp: "与另一个计数的镜像相同",
    charged: "已计费",
    chargedHelp: "本计费周期内",
    unknownDigest: (n) => `${images(n)}没有摘要，无法判断是否重复，按每个 1 个授权数计。`,
    notScannable: (n) => `筛选条件匹配的 ${images(n)}不支持扫描，未计入以上任何数字。`,
    unmatched: (n) => `筛选条件中有 ${number(n)} 个值未匹配到任何镜像：`,
    unmatchedMore: (n) => `另有 ${number(n)} 个`,
  },

  details: { label: "估算的依据" },
  why: whyZhCN,

  warnings: {
    "full-width-comma": "某个值含有全角逗号（，）。只有半角逗号才能分隔多个值。",
    "unknown-registry-type": "某个仓库类型不是 acr、harbor 或 quay，镜像清单中也没有。",
    "unmatched-value": "筛选条件中有值未匹配到任何镜像。",
    "incomplete-inventory": "镜像清单不完整：实际覆盖的镜像可能更多，其中也可能有本周期已计费的镜像。",
    "no-cycle-start": "镜像清单中有扫描时间。填写计费周期的开始日期后，此后扫描过的镜像将视为已计费。",
  },
  setCycleStart: "填写周期开始日期",

  inventory: {
    heading: "镜像清单",
    sample: "示例清单",
    another: "选择其他文件",
    add: "添加文件",
    images: "镜像数",
    rows: "读取的行数",
    duplicates: "重复的行",
    leftOut: "未采用的行",
    announced: "导出文件声明的总数",
    source: "识别为",
    files: (n) => `${number(n)} 个文件`,
    complete: "完整",
    incomplete: "不完整",
    fewer: (loaded, announced) =>
      `导出文件声明共有 ${images(announced)}，实际只有 ${number(loaded)} 个，可能缺少其他分页。`,
    missingPages: (n) => `缺少 ${number(n)} 个分页：其他分页表明还有更多内容，请补充。`,
    unknownRepositories: (n) =>
      `有 ${number(n)} 行不知道属于哪个镜像仓库。请补充仓库列表（ListRepository），或连同仓库名称载入单个仓库的标签。`,
    onlyRepository: (n) => `有 ${number(n)} 行没有写明镜像仓库，已归入列表中唯一的仓库。`,
    missingFields: (fields) => `所有行都缺少以下字段：${fields}。`,
    unusedNames: "未使用的名称",
    places: (shown, total) =>
      shown === total
        ? `未采用的 ${number(total)} 行`
        : `未采用的 ${number(total)} 行中的前 ${number(shown)} 行`,
    place: (line, column) => `第 ${number(line)} 行，第 ${number(column)} 列`,
  },

  shapes: {
    DescribeImageInstances: "DescribeImageInstances 返回结果",
    rows: "JSON 记录",
    table: "带表头的表格",
    PublicSyncAndCreateImageScanTask: "扫描任务中的镜像",
    ListRepository: "ACR 镜像仓库列表",
    ListRepoTag: "ACR 镜像标签列表",
    "harbor-artifacts": "Harbor 制品",
    "quay-tags": "Quay 标签",
    "oci-tags": "镜像仓库的标签（不含摘要）",
    "oci-catalog": "镜像仓库目录",
    mixed: "多种格式",
  },

  leftOutReasons: {
    "not-a-row": "不是一条记录",
    "wrong-type": "值的类型不对",
    "duplicate-field": "同一字段出现两次且值不同",
    "no-known-field": "没有可识别的字段",
    "invalid-text": "文本无法读取",
    "not-an-image": "不是镜像：Chart、签名或证明（不影响完整性）",
    "dead-tag": "已失效的标签（不影响完整性）",
  },

  cycle: {
    label: "计费周期开始日期",
    help: "当天及以后扫描过的镜像视为已计费。当天从您所在时区的零点算起。",
    invalid: "请输入年、月、日",
  },

  load: {
    reading: (name) => `正在读取 ${name}`,
    again: (name) => `正在重新读取 ${name}`,
    progress: (n) => `已读取 ${number(n)} 行`,
    rate: (n) => `每秒 ${number(n)} 行`,
    pasted: "粘贴的文本",
    missing: "补充所有行都缺少的字段",
    missingHelp: "对没有该值的每一行生效，镜像清单将据此重新读取。",
    readAgain: "按这些值重新读取",
    busy: "正在读取镜像清单",
    cancel: "取消",
    failed: (name) => `无法读取 ${name}`,
    kept: "仍在使用之前载入的镜像清单。",
    where: (line, column) => `第 ${number(line)} 行，第 ${number(column)} 列`,
    code: "错误码",
    retry: "重试",
    restarted: "计算引擎曾意外停止，现已重新启动，数据没有丢失。",
    estimateFailed: "无法预估",
    dismiss: "关闭",
  },

  errors: {
    "not-a-plain-object": "筛选条件格式不正确。",
    "unknown-key": "筛选条件含有未知字段。",
    "duplicate-key": "筛选条件中同一字段出现两次。",
    "wrong-type": "值的类型不对。",
    "invalid-value": "值不合法。",
    "invalid-text": "文本不是有效的 Unicode。",
    "too-many-values": "筛选条件的值过多。",
    unreadable: "内容无法读取。",
    "empty-input": "文件为空。",
    "unsupported-file": "不支持这种文件，请导出为 JSON 或 CSV。",
    "not-a-snapshot": "这不是先前保存的镜像清单，请加载导出文件。",
    "damaged-snapshot": "保存的镜像清单已损坏，请重新加载导出文件。",
    "newer-snapshot": "该镜像清单由更新的版本保存，请重新加载导出文件。",
    "damaged-file": "文件已损坏或不完整，请重新下载或导出。",
    "unsupported-encoding": "文本不是 UTF-8 编码，请另存为 UTF-8 后重新打开。",
    "invalid-json": "JSON 格式不正确。",
    "truncated-json": "JSON 不完整，文件可能没有下载完。",
    "unclosed-quote": "有单元格的引号没有闭合。",
    "no-known-field": "其中没有镜像清单的任何字段。",
    "readers-missing": "无法加载读取该镜像仓库列表的组件。请重试，或改用表格。",
    "no-images": "其中只有镜像仓库，没有镜像。请补充各仓库的标签列表。",
    "duplicate-column": "有两列同名。",
    "too-large": "文件超出可载入的大小。",
    "out-of-memory": "内存不足。",
    "not-initialized": "计算引擎尚未就绪。",
    "unsupported-platform": "浏览器缺少计算引擎所需的功能，请使用较新的浏览器。",
    disposed: "镜像清单已释放。",
    aborted: "读取已停止。",
    "part-not-loaded": "计算引擎的一部分未能加载，估算功能不受影响。",
    crashed: "计算引擎意外停止。",
    "no-answer": "计算引擎未在规定时间内响应。",
    "worker-failed": "计算引擎无法运行。",
    "sample-unavailable": "无法获取示例。",
    "file-unreadable": "浏览器无法读取该文件。文件可能已被修改或移动，请重新选择。",
    "kept-gone": "本浏览器中已没有保存这份镜像清单，请加载导出文件。",
    "storage-full": "浏览器存储空间不足。请删除已保存的镜像清单，或清理磁盘空间。",
    "storage-unavailable": "浏览器不允许本页面存储数据，例如在某些无痕窗口中。",
    "no-inventory": "尚未载入镜像清单。",
  },

  broken: {
    heading: "页面有一部分无法显示",
    reload: "重新加载页面",
  },

  assumptions: {
    heading: "计算依据的假设",
    lead: "服务文档没有写明计费的全部细节。未写明之处，本页面按以下规则计算。",
    items: [
      "一个摘要消耗 1 个授权数，无论存放在几处、有几个版本。",
      "一个计费周期内只计费一次，无论扫描几次。",
      "镜像清单标明已计费，或最近一次扫描不早于周期开始日期，即视为已计费；同一摘要的其他镜像也视为已计费。",
      "没有摘要的镜像单独计 1 个授权数。",
      "多架构镜像按镜像仓库列出的一行计。",
      "筛选值须完全一致，区分大小写；摘要按十六进制数字比较，带不带 sha256: 均可。",
      "授权数以 20 为单位出售。",
    ],
  },
};
