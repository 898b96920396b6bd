"""What every site must know alike about the sites."""

from bilin.core.digests import part, rows

part("sites.sites", ("site",), rows("sites.site", "number"))
part("sites.homes", ("unit",), rows("sites.home", "unit"))
part("sites.homes_had", ("unit", "site"), rows("sites.was_home", "unit", "site"))
part("sites.policies", ("unit",), rows("sites.policy", "unit"))
