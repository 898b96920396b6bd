"""Family names that are read otherwise than the same character elsewhere.

Readings as in 现代汉语词典 (7th edition) and 中国姓氏大辞典; the common one where a name has several.
ü is written v, as it is typed.
"""

SINGLE = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "任": "ren", "查": "zha", "区": "ou", "朴": "piao",
    "盖": "ge", "乐": "yue", "翟": "zhai", "宓": "mi", "缪": "miao", "种": "chong", "黑": "he", "秘": "bi",
    "折": "she", "员": "yun", "洗": "xian", "覃": "qin", "华": "hua", "卜": "bu", "柏": "bai", "纪": "ji",
    "燕": "yan", "应": "ying", "葛": "ge", "尉": "wei", "祭": "zhai", "盛": "sheng", "佴": "nai", "么": "yao",
    "句": "gou", "繁": "po", "谌": "chen", "车": "che", "牟": "mu", "曲": "qu", "沈": "shen", "石": "shi",
    "宿": "su", "相": "xiang", "肖": "xiao", "要": "yao", "藏": "zang", "占": "zhan", "重": "chong", "晟": "cheng",
    "长": "chang", "万": "wan", "丁": "ding", "干": "gan", "过": "guo", "那": "na", "能": "nai", "尹": "yin",
    "贾": "jia", "隗": "wei", "召": "shao", "澹": "tan", "冼": "xian", "褚": "chu", "撒": "sa", "阚": "kan",
    "郗": "xi", "郇": "xun", "麴": "qu", "逄": "pang", "於": "yu", "晁": "chao", "訾": "zi", "洪": "hong",
    "俞": "yu", "隽": "juan", "塔": "ta", "行": "xing", "哈": "ha", "令": "ling", "吕": "lv", "盍": "he",
}  # fmt: skip

COMPOUND = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "令狐": ("ling", "hu"), "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"), "长孙": ("zhang", "sun"), "欧阳": ("ou", "yang"), "司马": ("si", "ma"),
    "上官": ("shang", "guan"), "诸葛": ("zhu", "ge"), "夏侯": ("xia", "hou"), "皇甫": ("huang", "fu"),
    "公孙": ("gong", "sun"), "慕容": ("mu", "rong"), "宇文": ("yu", "wen"), "司徒": ("si", "tu"),
    "司空": ("si", "kong"), "鲜于": ("xian", "yu"), "闾丘": ("lv", "qiu"), "仲孙": ("zhong", "sun"),
    "轩辕": ("xuan", "yuan"), "东方": ("dong", "fang"), "赫连": ("he", "lian"), "呼延": ("hu", "yan"),
    "端木": ("duan", "mu"), "百里": ("bai", "li"), "南宫": ("nan", "gong"), "西门": ("xi", "men"),
    "独孤": ("du", "gu"), "拓跋": ("tuo", "ba"), "乐正": ("yue", "zheng"), "宰父": ("zai", "fu"),
    "亓官": ("qi", "guan"), "濮阳": ("pu", "yang"), "公冶": ("gong", "ye"), "太史": ("tai", "shi"),
    "申屠": ("shen", "tu"), "淳于": ("chun", "yu"), "梁丘": ("liang", "qiu"), "谷梁": ("gu", "liang"),
}  # fmt: skip

RARE = {
    "谌": ("shen",),
    "费": ("bi",),
    "覃": ("xun",),
    "郝": ("he",),
    "逄": ("pan",),
    "仝": ("tong",),
    "郄": ("qie",),
    "贠": ("yun",),
}
"""Readings that families have and dictionaries of characters do not."""
