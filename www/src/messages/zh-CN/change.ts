/** 与另一筛选条件对比的文案（简体中文）。 */

import type { changeEn } from "../en/change.ts";

const number = new Intl.NumberFormat("zh-CN", { signDisplay: "exceptZero" }).format;

export const changeZhCN: typeof changeEn = {
  pin: "固定",
  unpin: "取消固定",
  pinHelp: "固定当前结果，便于与其他筛选条件对比",
  none: "更改筛选条件后，这里会显示差异。",
  counts: (images, quota) => `镜像 ${number(images)}，授权数 ${number(quota)}`,
  same: "镜像数和授权数均不变",
  againstPrevious: "（与上一次筛选相比）",
  againstPinned: "（与固定的筛选相比）：",
  everything: "全部镜像",
  andMore: (n) => `等 ${new Intl.NumberFormat("zh-CN").format(n)} 个`,
};
