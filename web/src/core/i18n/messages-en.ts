import { mergeCatalogues } from './merge-catalogues'

export const messages = mergeCatalogues(
  import.meta.glob(['../../../locales/zh-CN/*.po', '!**/{administration,organisation,policies,set-up,settings}.po'], {
    eager: true,
    query: '?english',
  }),
)
