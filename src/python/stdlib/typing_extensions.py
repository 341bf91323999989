from typing import *
from typing import _Form

deprecated = lambda message, **options: lambda target: target
Doc = lambda text: text
TypeAliasType = lambda name, value, **options: value
Buffer = _Form("Buffer")
