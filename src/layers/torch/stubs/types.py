from typing import Any, Union

import torch

Number = Union[int, float, bool]
Device = Any
_dtype = torch.dtype
_device = torch.device
_size = torch.Size
Tensor = torch.Tensor
