from torch.ao import quantization
