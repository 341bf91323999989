from torch._native import nobody_knows


class Dataset:
    def __class_getitem__(cls, item):
        return cls


class IterableDataset(Dataset):
    pass


class TensorDataset(Dataset):
    def __init__(self, *tensors):
        self.tensors = tensors


class Sampler:
    def __class_getitem__(cls, item):
        return cls

    def __init__(self, *args, **kwargs):
        pass


class DataLoader:
    def __init__(self, dataset, *args, **kwargs):
        self.dataset = dataset

    def __iter__(self):
        return nobody_knows("the data")

    def __len__(self):
        return nobody_knows("how many batches there are")
