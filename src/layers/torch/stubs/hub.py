from torch.utils.model_zoo import load_url

load_state_dict_from_url = load_url


def get_dir():
    return "~/.cache/torch/hub"
