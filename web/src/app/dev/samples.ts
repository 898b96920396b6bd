/** Names for the gallery, Chinese and Latin. */
export const people = ['林雨桐', 'Marcus Tan', '陈思远', '苏晚', '王嘉怡', 'Priya Nair', '赵一鸣', '周静'].map(
  (name, index) => ({
    id: String(index + 1),
    name,
  }),
)

export const units = [
  {
    id: 'company',
    name: '云川集团',
    people: 312,
    children: [
      { id: 'hq', name: '集团总部', people: 96, children: [{ id: 'it', name: '信息技术部', people: 24 }] },
      { id: 'east', name: '华东分公司', people: 118, children: [{ id: 'market', name: '市场部', people: 18 }] },
      { id: 'sg', name: 'Singapore Branch', people: 42 },
    ],
  },
]
