import { mergeCatalogues } from './merge-catalogues'

export const messages = mergeCatalogues(
  import.meta.glob(['../../../locales/en/*.po', '!**/organisation.po'], { eager: true }),
)
